package io.dataplane.daemon.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a TCP server listens. The host is always a literal address, so that nothing is ever looked
 * up in the DNS.
 *
 * @param host an IPv4 or IPv6 address, the latter without brackets
 * @param port a TCP port; 0 takes any free one
 */
public record ListenAddress(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[(?<v6>[0-9a-fA-F:.]+)]|(?<v4>[0-9.]+|localhost)):(?<port>\\d{1,5})");

  /** Reads {@code 127.0.0.1:9464}, {@code localhost:9464} or {@code [::1]:9464}. */
  public static Optional<ListenAddress> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String host = form.group("v6") != null ? form.group("v6") : form.group("v4");
    int port = Integer.parseInt(form.group("port"));
    if (!Limits.LISTEN_PORT.contains(port)) {
      return Optional.empty();
    }
    try {
      String literal = host.equals("localhost") ? "127.0.0.1" : host;
      InetAddress _ = InetAddress.ofLiteral(literal);
      return Optional.of(new ListenAddress(literal, port));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return InetAddress.ofLiteral(host).isLoopbackAddress();
  }

  /** As a socket takes it. */
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
