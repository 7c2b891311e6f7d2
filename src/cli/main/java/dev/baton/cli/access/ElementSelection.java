package dev.baton.cli.access;

import java.util.List;

/// The selection of a policy element: one pattern, or all but some.
sealed interface ElementSelection {

    /// Whether this picks out everything that the other does. Where it cannot be told, it does not.
    boolean covers(ElementSelection other);

    /// Of `Action`, `Resource` or `Principal`.
    record Just(Wildcard pattern) implements ElementSelection {
        @Override
        public boolean covers(ElementSelection other) {
            return switch (other) {
                case Just(var wanted) -> pattern.covers(wanted);
                case AllBut all -> pattern.isEverything();
            };
        }

        @Override
        public String toString() {
            return pattern.toString();
        }
    }

    /// Of `NotAction`, `NotResource` or `NotPrincipal`.
    record AllBut(List<Wildcard> patterns) implements ElementSelection {
        public AllBut {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean covers(ElementSelection other) {
            return switch (other) {
                case Just(var wanted) -> patterns.stream().noneMatch(pattern -> pattern.mayMeet(wanted));
                case AllBut(var excepted) ->
                    patterns.stream().allMatch(pattern -> excepted.stream().anyMatch(one -> one.covers(pattern)));
            };
        }

        @Override
        public String toString() {
            return "all but "
                    + String.join(", ", patterns.stream().map(Wildcard::text).toList());
        }
    }
}
