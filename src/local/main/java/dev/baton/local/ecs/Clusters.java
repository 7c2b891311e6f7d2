package dev.baton.local.ecs;

import dev.baton.local.http.Account;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Clusters: on Fargate hardly more than a name, by which rights are narrowed.
final class Clusters {
    private final Account account;
    private final Set<String> names = new ConcurrentSkipListSet<>();

    Clusters(Account account) {
        this.account = account;
    }

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("CreateCluster", this::create),
                ApiOperation.reading("DescribeClusters", this::describe));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.text("clusterName", "default");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw EcsErrors.parameter("Cluster name contains invalid characters.");
        }
        call.require(arn(name));
        names.add(name);
        return Map.of("cluster", json(name));
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var asked = input.texts("clusters");
        var found = new ArrayList<@Nullable Object>();
        var failures = new ArrayList<@Nullable Object>();
        for (var each : asked.isEmpty() ? List.of("default") : asked) {
            var name = name(each);
            call.require(arn(name));
            if (names.contains(name)) {
                found.add(json(name));
            } else {
                failures.add(Map.of("arn", arn(name), "reason", "MISSING"));
            }
        }
        return JsonAnswer.of("clusters", found, "failures", failures);
    }

    private Map<String, @Nullable Object> json(String name) {
        return JsonAnswer.of("clusterArn", arn(name), "clusterName", name, "status", "ACTIVE");
    }

    String arn(String name) {
        return account.arn("ecs", "cluster/" + name);
    }

    /// @param cluster a name or an ARN; `default` where absent
    String name(@Nullable String cluster) {
        return cluster == null ? "default" : cluster.substring(cluster.lastIndexOf('/') + 1);
    }

    /// @throws dev.baton.local.http.AwsError where there is no such cluster
    void requireThere(String name) {
        if (!names.contains(name)) {
            throw EcsErrors.noCluster();
        }
    }
}
