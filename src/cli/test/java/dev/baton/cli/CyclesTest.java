package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How much of a module can be read only all at once. Maven has no cycles of modules; within one, packages and types
/// may have those that are listed here, and fewer.
class CyclesTest {
    /// The packages of each module that lie in cycles: this may only shrink.
    private static final Map<String, Set<String>> PACKAGES =
            Map.of("task", Set.of("", "parameter", "service", "template"));

    /// What share of a module's types its largest cycle has at most, in percent.
    private static final Map<String, Integer> TYPES =
            Map.of("asl", 7, "json", 42, "jsonata", 7, "task", 6, "testing", 15, "weather", 7);

    @Test
    void packages_have_no_cycles_but_those_listed() {
        var found = new TreeMap<String, Set<String>>();
        uses(JavaClass::getPackageName)
                .forEach((module, uses) -> Cycles.of(uses)
                        .forEach(cycle -> cycle.forEach(name -> found.computeIfAbsent(module, key -> new TreeSet<>())
                                .add(name.replaceFirst("dev\\.baton\\.\\w+\\.?", "")))));
        assertThat(found).isEqualTo(PACKAGES);
    }

    @Test
    void no_cycle_of_types_has_more_of_its_module_than_listed() {
        uses(type -> outermost(type).getName()).forEach((module, uses) -> {
            var cycles = Cycles.of(uses);
            var largest = cycles.isEmpty() ? 0 : cycles.getFirst().size();
            var all = cycles.stream().mapToInt(Collection::size).sum();
            System.out.printf(
                    "%-10s %4d types, %4d in cycles, %4d in the largest: %d %%%n",
                    module, uses.size(), all, largest, 100 * largest / uses.size());
            assertThat(100 * largest / uses.size())
                    .as(module + ": " + cycles)
                    .isLessThanOrEqualTo(TYPES.getOrDefault(module, 5));
        });
    }

    /// By module, what of it uses what of it.
    private static Map<String, Map<String, Set<String>>> uses(Function<JavaClass, String> name) {
        var modules = new TreeMap<String, Map<String, Set<String>>>();
        for (var type : ArchitectureTest.BATON) {
            var used = modules.computeIfAbsent(module(type), key -> new TreeMap<>())
                    .computeIfAbsent(name.apply(type), key -> new TreeSet<>());
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.baton.")
                        && module(target).equals(module(type))) {
                    used.add(name.apply(target));
                }
            }
        }
        return modules;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(CyclesTest::outermost).orElse(type);
    }

    private static String module(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }
}
