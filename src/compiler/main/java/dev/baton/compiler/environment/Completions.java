package dev.baton.compiler.environment;

import java.util.List;

/// The exchange of completions between accounts: of pipelines here that await tasks of pipelines there, or the other
/// way round. Within one bus nothing needs to be said.
///
/// @param to the ARNs of buses of other accounts or Regions that this environment's `Task Completed` events are sent to
/// @param from the accounts, 12 digits each, that may put theirs on this environment's bus
public record Completions(List<String> to, List<String> from) {
    /// Nobody else.
    public static final Completions HERE = new Completions(List.of(), List.of());

    public Completions {
        to = List.copyOf(to);
        from = List.copyOf(from);
    }
}
