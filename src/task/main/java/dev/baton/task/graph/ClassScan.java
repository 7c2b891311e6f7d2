package dev.baton.task.graph;

import dev.baton.diagnostic.Diagnostic;
import java.util.function.Consumer;

final class ClassScan {
    ClassScan(Class<?> type) {}

    void check(Consumer<Diagnostic> report) {}
}
