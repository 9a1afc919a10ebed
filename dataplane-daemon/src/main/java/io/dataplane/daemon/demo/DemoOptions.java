package io.dataplane.daemon.demo;

import io.dataplane.daemon.text.Style;
import java.io.PrintStream;

/**
 * How the demonstration is to be given.
 *
 * @param keep whether it goes on until it is stopped
 * @param inMemory whether hosts in memory are wanted, whatever the machine allows
 * @param out where it is shown
 * @param redraws whether {@code out} is a terminal, whose screen is drawn again and again
 * @param style whether it has colours
 * @param version the program's version
 */
public record DemoOptions(
    boolean keep,
    boolean inMemory,
    PrintStream out,
    boolean redraws,
    Style style,
    String version) {}
