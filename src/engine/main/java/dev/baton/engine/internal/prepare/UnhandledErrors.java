package dev.baton.engine.internal.prepare;

import dev.baton.asl.QueryLanguage;
import java.util.List;

/// What states have that cannot be retried or caught.
final class UnhandledErrors {
    static final Retriers NO_RETRIERS = new Retriers(List.of());
    static final Catchers NO_CATCHERS = new Catchers(QueryLanguage.JSONPATH, List.of());

    private UnhandledErrors() {}
}
