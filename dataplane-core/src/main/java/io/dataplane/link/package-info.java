/**
 * Stage ⑤: the link layer. {@code link.bridge} forwards between devices by MAC address; VLAN
 * devices, ARP and ND come beside it. Before it: {@code napi}; after it: {@code netfilter} and
 * {@code network}.
 */
@NullMarked
package io.dataplane.link;

import org.jspecify.annotations.NullMarked;
