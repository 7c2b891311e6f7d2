package dev.baton.graph;

import static dev.baton.graph.GraphFindings.error;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.run.profile.Expectations;
import dev.baton.task.ExpandingTask;
import dev.baton.task.ExternalTask;
import dev.baton.task.Profile;
import dev.baton.task.ServiceTask;
import dev.baton.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The checks of what is expected of an output: whether any output could meet it, and whether Baton sees the output.
final class ExpectationChecks {
    private ExpectationChecks() {}

    /// @param type the class of a task
    /// @param samples tasks of it
    static void check(Class<?> type, List<Task> samples, Consumer<Diagnostic> report) {
        Expectations.contradictions(type).forEach(problem -> report.accept(contradiction(type, problem)));
        var isExpected = !Expectations.of(type).isEmpty();
        if (!isExpected && type.getAnnotation(Profile.class) == null) {
            return;
        }
        var writer = writer(samples);
        if (writer.isPresent()) {
            report.accept(unseen(type, isExpected ? "Expect" : "Profile", writer.get()));
        } else if (isExpected) {
            samples.stream()
                    .map(task -> task.output().uri())
                    .filter(uri -> !Expectations.areCheckable(type, uri))
                    .findFirst()
                    .ifPresent(uri -> report.accept(formless(type, uri)));
        }
    }

    /// Who else writes the output.
    private static Optional<String> writer(List<Task> samples) {
        for (var task : samples) {
            if (task instanceof ExternalTask) {
                return Optional.of("somebody else");
            }
            if (task instanceof ExpandingTask<?>) {
                return Optional.of("Baton, as the list of its items");
            }
            if (task instanceof ServiceTask service && service.isWrittenByService()) {
                return Optional.of("its service");
            }
        }
        return Optional.empty();
    }

    private static Diagnostic contradiction(Class<?> type, String problem) {
        return error("TSK085", type, "no output can meet its @Expect: " + problem, "correct the annotation");
    }

    private static Diagnostic unseen(Class<?> type, String annotation, String writer) {
        return error(
                "TSK086",
                type,
                "has an @" + annotation + ", but its output is written by " + writer,
                "let a task that requires it write what is checked, and annotate that one");
    }

    private static Diagnostic formless(Class<?> type, String uri) {
        return error(
                "TSK087",
                type,
                "has an @Expect, but nothing says that " + uri + " has rows and columns",
                "say its format, as in @Profile(Profile.Format.CSV)");
    }
}
