package io.dataplane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows of DESIGN.md inside dataplane-core, and a proof that the rules can fail. */
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("io.dataplane");

  private static final String VIOLATING = "io.dataplane.architecture.violating";

  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(VIOLATING);

  private final CoreRules core = new CoreRules("io.dataplane");
  private final CoreRules fixtures = new CoreRules(VIOLATING);

  private static void hold(List<ArchRule> rules) {
    rules.forEach(rule -> rule.check(CORE));
  }

  private static String violations(List<ArchRule> rules) {
    StringBuilder all = new StringBuilder();
    for (ArchRule rule : rules) {
      rule.evaluate(FIXTURES)
          .getFailureReport()
          .getDetails()
          .forEach(d -> all.append(d).append('\n'));
    }
    return all.toString();
  }

  @Test
  void theStackIsThere() {
    assertThat(CORE.size()).isGreaterThan(50);
    assertThat(CORE.contain("io.dataplane.runtime.Dataplane")).isTrue();
    assertThat(CORE.contain("io.dataplane.architecture.CoreRules")).isFalse();
  }

  @Test
  void packagesUseWhatStandsBelowThem() {
    hold(core.arrowsPointDown());
    hold(List.of(core.everyPackageIsPlaced()));
  }

  @Test
  void packagesFormNoCycles() {
    hold(List.of(core.noCycles()));
  }

  @Test
  void timeAndRandomnessAreInjected() {
    hold(core.timeAndRandomnessAreInjected());
  }

  @Test
  void nativeCodeIsNotCalledHere() {
    hold(List.of(core.noNativeCalls()));
  }

  @Test
  void everyPackageIsNullMarked() {
    hold(List.of(core.everyPackageIsNullMarked()));
  }

  @Test
  void anArrowThatPointsUpIsFound() {
    assertThat(violations(fixtures.arrowsPointDown()))
        .contains("UpwardPacket.stamp()> calls method")
        .contains("GreedyHook.everything()> calls method");
    assertThat(violations(fixtures.timeAndRandomnessAreInjected()))
        .contains("java.lang.System.nanoTime()")
        .contains("java.util.Random.<init>()");
    assertThat(violations(List.of(fixtures.noNativeCalls()))).contains("java.lang.foreign.Linker");
    assertThat(violations(List.of(fixtures.everyPackageIsNullMarked()))).contains("GreedyHook");
    assertThat(violations(List.of(new CoreRules("nowhere").everyPackageIsPlaced())))
        .contains("SleepyDevice");
  }
}
