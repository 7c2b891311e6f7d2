package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.graph.ScannedClass.Call;
import dev.baton.run.code.ClassFiles;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.objectweb.asm.Type;

/// Looks through the class files for what would make the graph depend on when and where it is asked: clocks,
/// randomness, the environment, and sets whose order differs between JVMs. It follows calls into the project's own
/// classes.
final class ClassScan {
    private static final Pattern IMPURE = Pattern.compile(String.join(
            "|",
            "java/time/(Local\\w+|Year|YearMonth|MonthDay|Instant|ZonedDateTime|Offset\\w+)\\.now",
            "java/time/Clock\\.(system|tick).*",
            "java/time/ZoneId\\.systemDefault",
            "java/lang/System\\.(currentTimeMillis|nanoTime|getenv|getProperty|getProperties|identityHashCode)",
            "java/lang/(Integer\\.getInteger|Long\\.getLong|Boolean\\.getBoolean)",
            "java/lang/(Runtime|Process|ProcessBuilder|Thread|ThreadLocal)\\..*",
            "java/lang/(Math|StrictMath)\\.random",
            "java/util/(Date|GregorianCalendar|Random|SplittableRandom)\\.<init>",
            "java/util/(Calendar\\.getInstance|UUID\\.randomUUID|Collections\\.shuffle)",
            "java/util/(Locale|TimeZone)\\.getDefault",
            "java/util/random/.*",
            "java/util/concurrent/ThreadLocalRandom\\..*",
            "java/security/SecureRandom\\..*",
            "java/io/(File|FileReader|FileInputStream|RandomAccessFile)\\.<init>",
            "java/nio/file/Files\\..*",
            "java/net/.*"));
    private static final Pattern UNORDERED = Pattern.compile(String.join(
            "|",
            "java/util/(Set|Map)\\.(of|copyOf|ofEntries)",
            "java/util/Hash(Set|Map)\\.<init>",
            "java/util/stream/Collectors\\.(toSet|toUnmodifiableSet|toMap|toUnmodifiableMap|groupingBy)",
            "java/util/stream/\\w*Stream\\.(parallel|unordered)",
            "java/util/Collection\\.parallelStream"));
    private static final List<String> ASKED = List.of("requires", "output", "uses");

    private final Class<?> type;
    private final ClassFiles files;
    private final Map<String, Optional<ScannedClass>> scanned;

    ClassScan(Class<?> type) {
        this(type, new HashMap<>());
    }

    /// @param scanned classes that were scanned already, shared by scans of one class loader
    ClassScan(Class<?> type, Map<String, Optional<ScannedClass>> scanned) {
        this.type = type;
        this.files = new ClassFiles(type);
        this.scanned = scanned;
    }

    void check(Consumer<Diagnostic> report) {
        for (var method : ASKED) {
            new Search(method + "()", report).from(method);
        }
    }

    private Optional<ScannedClass> scanned(String name) {
        var known = scanned.get(name);
        if (known == null) {
            known = files.project(name).map(ScannedClass::new);
            scanned.put(name, known);
        }
        return known;
    }

    /// From one of the asked methods to everything that it calls.
    private final class Search {
        private final String asked;
        private final Consumer<Diagnostic> report;
        private final HashSet<Call> seen = new HashSet<>();
        private final ArrayDeque<Call> open = new ArrayDeque<>();

        Search(String asked, Consumer<Diagnostic> report) {
            this.asked = asked;
            this.report = report;
        }

        void from(String method) {
            var own = type.getName().replace('.', '/');
            var found = scanned(own).stream()
                    .flatMap(scan -> scan.descriptors(method).stream())
                    .filter(descriptor -> descriptor.startsWith("()"))
                    .toList();
            if (found.isEmpty()) {
                inherited(own, method);
            }
            found.forEach(descriptor -> open.add(new Call(own, method, descriptor)));
            while (!open.isEmpty()) {
                follow(open.poll());
            }
        }

        /// A default method of an interface of the project.
        private void inherited(String name, String method) {
            var parents = scanned(name).map(ScannedClass::parents).orElse(List.of());
            parents.forEach(parent -> scanned(parent).ifPresent(scan -> {
                scan.descriptors(method).stream()
                        .filter(descriptor -> descriptor.startsWith("()"))
                        .forEach(descriptor -> open.add(new Call(parent, method, descriptor)));
                inherited(parent, method);
            }));
        }

        private void follow(Call call) {
            if (!seen.add(call)) {
                return;
            }
            var scan = scanned(call.owner());
            if (scan.isEmpty()) {
                return;
            }
            var calls = scan.get().calls(call.name(), call.descriptor());
            if (calls == null) {
                scan.get().parents().forEach(parent -> open.add(new Call(parent, call.name(), call.descriptor())));
                return;
            }
            for (var next : calls) {
                judge(call, next);
                open.add(next);
            }
        }

        private void judge(Call from, Call call) {
            var name = call.owner() + "." + call.name();
            var where = from.owner().equals(type.getName().replace('.', '/'))
                    ? call.simpleName()
                    : call.simpleName() + " in " + from.simpleName();
            if (IMPURE.matcher(name).matches()) {
                report.accept(GraphFindings.impure(type, asked, where));
            } else if (UNORDERED.matcher(name).matches() && several(call)) {
                report.accept(GraphFindings.unordered(type, asked, where));
            }
        }

        /// Sets and maps of no or one element have but one order.
        private boolean several(Call call) {
            var arguments = Type.getArgumentCount(call.descriptor());
            return !(call.name().equals("of") && arguments < (call.owner().endsWith("Map") ? 4 : 2))
                    || call.descriptor().startsWith("([");
        }
    }
}
