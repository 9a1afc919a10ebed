package io.dataplane.daemon.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.dataplane.daemon.config.LogConfig;
import io.dataplane.daemon.config.LogConfig.Format;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the log up as the configuration says: on stderr, aligned for people or as JSON lines for
 * machines.
 */
public final class Logging {

  /** {@code 2025-11-21T21:14:23.123Z INFO Daemon device is up device="dp0"}. */
  private static final String TEXT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %-16logger{0} %msg %kvp%n%ex";

  private Logging() {}

  /** Replaces whatever the log was set up as before. */
  public static void configure(LogConfig config) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder(config.format(), context));
    appender.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(config.level().name()));
    root.addAppender(appender);
  }

  private static Encoder<ILoggingEvent> encoder(Format format, LoggerContext context) {
    EncoderBase<ILoggingEvent> encoder = format == Format.JSON ? json() : text(context);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(TEXT);
    return encoder;
  }

  private static JsonEncoder json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithMDC(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    return encoder;
  }
}
