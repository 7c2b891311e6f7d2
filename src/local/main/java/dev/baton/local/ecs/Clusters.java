package dev.baton.local.ecs;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Clusters: on Fargate hardly more than a name, by which rights are narrowed.
final class Clusters {
    private final Account account;
    private final Authorizer authorizer;
    private final Set<String> names = new ConcurrentSkipListSet<>();

    Clusters(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        return Map.of(
                "CreateCluster", (input, request) -> create(new EcsInput(input), request),
                "DescribeClusters", (input, request) -> describe(new EcsInput(input), request));
    }

    private Map<String, @Nullable Object> create(EcsInput input, AwsRequest request) {
        var name = input.text("clusterName", "default");
        if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
            throw EcsErrors.parameter("Cluster name contains invalid characters.");
        }
        authorizer.require(request.caller(), "ecs:CreateCluster", arn(name), request.context());
        names.add(name);
        return Map.of("cluster", json(name));
    }

    private Map<String, @Nullable Object> describe(EcsInput input, AwsRequest request) {
        var asked = input.texts("clusters");
        var found = new ArrayList<@Nullable Object>();
        var failures = new ArrayList<@Nullable Object>();
        for (var each : asked.isEmpty() ? List.of("default") : asked) {
            var name = name(each);
            authorizer.require(request.caller(), "ecs:DescribeClusters", arn(name), request.context());
            if (names.contains(name)) {
                found.add(json(name));
            } else {
                failures.add(Map.of("arn", arn(name), "reason", "MISSING"));
            }
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("clusters", found);
        answer.put("failures", failures);
        return answer;
    }

    private Map<String, @Nullable Object> json(String name) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("clusterArn", arn(name));
        json.put("clusterName", name);
        json.put("status", "ACTIVE");
        return json;
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
