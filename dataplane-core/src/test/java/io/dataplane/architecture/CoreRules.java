package io.dataplane.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** The rules of dataplane-core under a root package, so that fixtures can be held to them too. */
final class CoreRules {

  /**
   * What each package may use, itself aside: runtime → socket → transport → network → {netfilter,
   * link} → napi → device → packet → {wire, memory} → base, and hook beside packet.
   */
  static final Map<String, Set<String>> MAY_USE = arrows();

  private final String root;

  CoreRules(String root) {
    this.root = root;
  }

  private static Map<String, Set<String>> arrows() {
    Set<String> packet = Set.of("base", "memory", "wire");
    Set<String> device = with(packet, "packet", "hook");
    Set<String> napi = with(device, "device");
    Set<String> link = with(napi, "napi");
    Set<String> network = with(link, "link", "netfilter");
    Set<String> transport = with(network, "network");
    Set<String> socket = with(transport, "transport");
    return Map.ofEntries(
        Map.entry("base", Set.of()),
        Map.entry("memory", Set.of("base")),
        Map.entry("wire", Set.of("base")),
        Map.entry("hook", Set.of("base", "memory")),
        Map.entry("packet", packet),
        Map.entry("device", device),
        Map.entry("napi", napi),
        Map.entry("link", link),
        Map.entry("netfilter", link),
        Map.entry("network", network),
        Map.entry("transport", transport),
        Map.entry("socket", socket),
        Map.entry("runtime", with(socket, "socket")));
  }

  private static Set<String> with(Set<String> lower, String... more) {
    Set<String> all = new TreeSet<>(lower);
    all.addAll(List.of(more));
    return all;
  }

  private String in(String packageName) {
    return root + "." + packageName + "..";
  }

  /** A rule a package: of ours it uses what stands below it. */
  List<ArchRule> arrowsPointDown() {
    List<ArchRule> rules = new ArrayList<>();
    MAY_USE.forEach((from, allowed) -> {
      List<String> forbidden = new ArrayList<>();
      for (String to : MAY_USE.keySet()) {
        if (!to.equals(from) && !allowed.contains(to)) {
          forbidden.add(in(to));
        }
      }
      if (!forbidden.isEmpty()) {
        rules.add(
            noClasses()
                .that()
                .resideInAPackage(in(from))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(new String[0]))
                .allowEmptyShould(true));
      }
    });
    return rules;
  }

  /** Every package has its place in the order. */
  ArchRule everyPackageIsPlaced() {
    String[] places = MAY_USE.keySet().stream().map(this::in).toArray(String[]::new);
    return classes().should().resideInAnyPackage(places);
  }

  /** No package uses, by whatever way, one that uses it. */
  ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  /** Time and randomness come in from outside. */
  List<ArchRule> timeAndRandomnessAreInjected() {
    return List.of(
        outsideBaseAndRuntime(System.class, "nanoTime"),
        outsideBaseAndRuntime(System.class, "currentTimeMillis"),
        outsideBaseAndRuntime(Math.class, "random"),
        outsideBaseAndRuntime(Thread.class, "sleep"),
        noClassesOutsideBaseAndRuntime()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .allowEmptyShould(true),
        noClassesOutsideBaseAndRuntime()
            .should()
            .callConstructor(Random.class)
            .allowEmptyShould(true),
        noClassesOutsideBaseAndRuntime()
            .should()
            .callConstructor(SplittableRandom.class)
            .allowEmptyShould(true));
  }

  private GivenClassesConjunction noClassesOutsideBaseAndRuntime() {
    return noClasses().that().resideOutsideOfPackages(in("base"), in("runtime"));
  }

  private ArchRule outsideBaseAndRuntime(Class<?> owner, String method) {
    return noClassesOutsideBaseAndRuntime()
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                owner.getSimpleName() + "." + method,
                access ->
                    access.getTargetOwner().isEquivalentTo(owner)
                        && access.getName().equals(method)))
        .allowEmptyShould(true);
  }

  /** Native code is called in another module. */
  ArchRule noNativeCalls() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?");
  }

  /** Every package says that its types are not null unless marked. */
  ArchRule everyPackageIsNullMarked() {
    return classes().should(beInANullMarkedPackage());
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package with a @NullMarked package-info") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked =
            item.getPackage()
                .tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
        String message = item.getName() + " is in package " + item.getPackageName();
        events.add(new SimpleConditionEvent(item, marked, message));
      }
    };
  }
}
