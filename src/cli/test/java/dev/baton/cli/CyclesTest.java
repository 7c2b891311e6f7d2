package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What knows one another cannot be read apart. Packages of the modules here know one another in one direction, and few
/// of their types are in cycles; nested types count as part of what they are nested in.
class CyclesTest {
    /// The share may only shrink: a row says what it is now, rounded up.
    @ParameterizedTest(name = "{0}: at most {1} % of the types")
    @CsvSource("engine, 16")
    void packages_have_no_cycles_and_few_types_do(String module, int most) {
        var types = dependencies(module, CyclesTest::name);

        assertThat(inCycles(dependencies(module, JavaClass::getPackageName))).isEmpty();
        assertThat(types.size()).as("types of the module").isGreaterThan(20);
        assertThat(100 * inCycles(types).size())
                .as("types in cycles: %s", inCycles(types))
                .isLessThanOrEqualTo(most * types.size());
    }

    /// Who knows whom, by the names that are given to types.
    private static Map<String, Set<String>> dependencies(String module, Function<JavaClass, String> named) {
        var known = new TreeMap<String, Set<String>>();
        for (var type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS)
                .importPackages("dev.baton." + module)) {
            var own = known.computeIfAbsent(named.apply(type), name -> new TreeSet<>());
            for (var use : type.getDirectDependenciesFromSelf()) {
                var used = use.getTargetClass().getBaseComponentType();
                if (used.getPackageName().startsWith("dev.baton." + module)) {
                    own.add(named.apply(used));
                }
            }
            own.remove(named.apply(type));
        }
        return known;
    }

    private static String name(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    /// Those from which a way leads back to themselves.
    private static Set<String> inCycles(Map<String, Set<String>> known) {
        var found = new TreeSet<String>();
        for (var from : known.keySet()) {
            var seen = new HashSet<String>();
            var ahead = new ArrayDeque<>(known.get(from));
            for (var next = ahead.poll(); next != null; next = ahead.poll()) {
                if (seen.add(next)) {
                    ahead.addAll(known.getOrDefault(next, Set.of()));
                }
            }
            if (seen.contains(from)) {
                found.add(from);
            }
        }
        return found;
    }
}
