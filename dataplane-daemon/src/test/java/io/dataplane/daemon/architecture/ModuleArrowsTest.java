package io.dataplane.daemon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between modules, as ARCHITECTURE.md draws them. */
class ModuleArrowsTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.dataplane");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(CLASSES.contain("io.dataplane.runtime.Dataplane")).isTrue();
    assertThat(CLASSES.contain("io.dataplane.drivers.tap.TapDevice")).isTrue();
    assertThat(CLASSES.contain("io.dataplane.daemon.cli.Main")).isTrue();
  }

  @Test
  void driversKnowNoProgramsAndNoDaemon() {
    noClasses()
        .that()
        .resideInAPackage("io.dataplane.drivers..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.dataplane.xdp..", "io.dataplane.daemon..")
        .check(CLASSES);
  }

  @Test
  void programsKnowTheHookAndMemoryOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.dataplane.xdp..")
        .should()
        .dependOnClassesThat(isOneOfOursOutside("hook", "memory", "wire", "base", "xdp"))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theDaemonsCodeIsNobodysButItsOwn() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dataplane.daemon..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dataplane.daemon..")
        .check(CLASSES);
  }

  @Test
  void onlyNativeioCallsLibc() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dataplane.drivers.nativeio..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> isOneOfOursOutside(String... allowed) {
    return DescribedPredicate.describe(
        "are ours and outside " + String.join(", ", allowed),
        c -> {
          if (!c.getPackageName().startsWith("io.dataplane.")) {
            return false;
          }
          String rest = c.getPackageName().substring("io.dataplane.".length());
          for (String a : allowed) {
            if (rest.equals(a) || rest.startsWith(a + ".")) {
              return false;
            }
          }
          return true;
        });
  }
}
