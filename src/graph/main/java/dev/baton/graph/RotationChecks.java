package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Access;
import dev.baton.task.RotationTerms;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The checks of secrets that are rotated when tasks complete, and their wording: TSK116 to TSK118.
final class RotationChecks {
    /// An execution that waits for the end of the grace lasts no longer than a year.
    private static final Duration LONGEST = Duration.ofDays(300);

    private final TaskGraph graph;
    private final Consumer<Diagnostic> report;

    RotationChecks(TaskGraph graph, Consumer<Diagnostic> report) {
        this.graph = graph;
        this.report = report;
    }

    private record Reading(Class<?> reader, Optional<RotationTerms> terms) {}

    void check() {
        var first = new TreeMap<String, Reading>();
        var run = new HashSet<Class<?>>();
        graph.nodes().stream().filter(node -> !node.external()).forEach(node -> {
            run.add(node.taskClass());
            node.items().ifPresent(items -> run.add(items.itemClass()));
        });
        for (var node : graph.nodes()) {
            check(node.taskClass(), node.uses(), first, run);
            node.items().ifPresent(items -> check(items.itemClass(), items.uses(), first, run));
        }
    }

    private void check(
            Class<?> reader, Iterable<? extends Access> uses, Map<String, Reading> first, Set<Class<?>> run) {
        for (var access : uses) {
            if (access instanceof Access.Secret secret) {
                var here = new Reading(reader, secret.rotation());
                var other = first.putIfAbsent(secret.name(), here);
                if (other != null && !other.terms().equals(here.terms())) {
                    report.accept(differ(secret.name(), here, other));
                }
                secret.rotation().ifPresent(terms -> check(reader, secret.name(), terms, run));
            }
        }
    }

    private void check(Class<?> reader, String secret, RotationTerms terms, Set<Class<?>> run) {
        if (!run.contains(terms.after())) {
            report.accept(GraphFindings.error(
                    "TSK116",
                    reader,
                    "has the secret " + secret + " rotated after "
                            + terms.after().getSimpleName() + ", which is not a task that the pipeline "
                            + graph.pipeline().name() + " runs",
                    "name a task of the pipeline, such as "
                            + graph.root().taskClass().getSimpleName()));
        }
        terms.grace()
                .filter(grace -> grace.compareTo(Duration.ofSeconds(1)) < 0
                        || grace.compareTo(LONGEST) > 0
                        || !grace.equals(grace.truncatedTo(ChronoUnit.SECONDS)))
                .ifPresent(grace -> report.accept(GraphFindings.error(
                        "TSK118",
                        reader,
                        "the grace of the secret " + secret + " must be whole seconds from PT1S to P300D, but was "
                                + grace,
                        "say how long a run that began before may go on with the version before, such as"
                                + " Duration.ofHours(1)")));
    }

    private static Diagnostic differ(String secret, Reading here, Reading other) {
        return GraphFindings.error(
                "TSK117",
                here.reader(),
                "has the secret " + secret + " " + words(here) + ", but "
                        + other.reader().getSimpleName() + " has it " + words(other),
                "let both use one constant: static final Access DATABASE = Access.secret(\"" + secret
                        + "\").rotateAfter(…)");
    }

    private static String words(Reading reading) {
        return reading.terms()
                .map(terms -> "rotated after " + terms.after().getSimpleName()
                        + terms.grace()
                                .map(grace -> " with a grace of " + grace)
                                .orElse("")
                        + terms.function().map(function -> " by " + function).orElse(""))
                .orElse("not rotated");
    }
}
