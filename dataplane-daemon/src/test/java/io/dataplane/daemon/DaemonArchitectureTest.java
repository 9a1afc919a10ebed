package io.dataplane.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the daemon's packages. */
@AnalyzeClasses(
    packages = "io.dataplane.daemon",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DaemonArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.dataplane.daemon.(*)..").should().beFreeOfCycles();

  /** Clients load nothing of the daemon but what it answers with. */
  @ArchTest
  static final ArchRule VIEWS_AND_TEXT_STAND_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage("io.dataplane.daemon.view", "io.dataplane.daemon.text")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..", "org.jspecify..", "io.dataplane.daemon.view", "io.dataplane.daemon.text");

  /** What the control socket can be asked is registered from outside. */
  @ArchTest
  static final ArchRule CONTROL_KNOWS_NO_STACK =
      noClasses()
          .that()
          .resideInAPackage("io.dataplane.daemon.control")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dataplane.runtime..", "io.dataplane.device..", "io.dataplane.daemon.run");
}
