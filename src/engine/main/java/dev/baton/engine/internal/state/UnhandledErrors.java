package dev.baton.engine.internal.state;

import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.run.Catchers;
import dev.baton.engine.internal.run.Retriers;
import java.util.List;

/// What states have that cannot be retried or caught.
final class UnhandledErrors {
    static final Retriers NO_RETRIERS = new Retriers(List.of());
    static final Catchers NO_CATCHERS = new Catchers(QueryLanguage.JSONPATH, List.of());

    private UnhandledErrors() {}
}
