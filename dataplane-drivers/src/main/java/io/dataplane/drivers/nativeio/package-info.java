/**
 * Every call into libc and the kernel, and the only package that makes any. It has no idea of
 * frames or devices: addresses, lengths and descriptors go in, a result or a negative errno comes
 * out. Below it is the kernel, above it are the drivers.
 *
 * <p>Two ways lead down. What is called now and then (open, ioctl, socket, netlink) goes through
 * JNA and fails with a {@link io.dataplane.drivers.nativeio.NativeException}; any thread may call
 * it. What is called per frame or per poll goes through {@code java.lang.foreign}, answers with a
 * number, and belongs to the thread that made the object: {@link
 * io.dataplane.drivers.nativeio.HotCalls}, {@link io.dataplane.drivers.nativeio.IoUring}, {@link
 * io.dataplane.drivers.nativeio.Epoll}.
 *
 * <p>Only 64-bit Linux on x86-64 and AArch64 is supported: structures and numbers are written down
 * for these two.
 */
@NullMarked
package io.dataplane.drivers.nativeio;

import org.jspecify.annotations.NullMarked;
