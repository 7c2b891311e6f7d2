package dev.baton.local.states;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A name for one version, or for two with weights.
record Alias(
        String name, String arn, @Nullable String description, List<Route> routes, Instant created, Instant updated) {

    Alias {
        routes = List.copyOf(routes);
    }

    /// @param weight percent of the executions
    record Route(String versionArn, int weight) {}

    String choose(RandomGenerator random) {
        var point = routes.size() == 1 ? 0 : random.nextInt(100);
        for (var route : routes) {
            point -= route.weight();
            if (point < 0) {
                return route.versionArn();
            }
        }
        return routes.getLast().versionArn();
    }
}
