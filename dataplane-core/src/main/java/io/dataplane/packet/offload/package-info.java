@org.jspecify.annotations.NullMarked
package io.dataplane.packet.offload;
