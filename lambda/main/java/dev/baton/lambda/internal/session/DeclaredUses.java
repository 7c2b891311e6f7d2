package dev.baton.lambda.internal.session;

import dev.baton.lambda.internal.session.SessionScope.Other;
import dev.baton.lambda.internal.session.SessionScope.Place;
import dev.baton.name.Arn;
import dev.baton.run.BucketNames;
import dev.baton.task.Access;
import dev.baton.task.DynamoDbTarget;
import java.util.ArrayList;
import java.util.List;

/// The accesses that `uses()` declares, as a session policy has them.
public final class DeclaredUses {
    private final List<Place> reads = new ArrayList<>();
    private final List<Place> writes = new ArrayList<>();
    private final List<Place> lists = new ArrayList<>();
    private final List<Other> others = new ArrayList<>();
    private final BucketNames buckets;
    private final String partition;
    private final String region;
    private final String account;

    private DeclaredUses(BucketNames buckets, String partition, String region, String account) {
        this.buckets = buckets;
        this.partition = partition;
        this.region = region;
        this.account = account;
    }

    /// @param role the ARN of the task's role, which tells partition and account
    public static SessionScope of(List<Access> accesses, BucketNames buckets, String role, String region) {
        var arn = Arn.parse(role);
        var uses = new DeclaredUses(buckets, arn.partition(), region, arn.account());
        accesses.forEach(uses::add);
        return new SessionScope(uses.reads, uses.writes, uses.lists, uses.others);
    }

    /// The item that is a task's output, to put it and to look at it.
    ///
    /// @param role the ARN of the task's role, which tells partition and account
    public static Other item(DynamoDbTarget target, String role, String region) {
        var arn = Arn.parse(role);
        var table = new Arn(arn.partition(), "dynamodb", region, arn.account(), "table/" + target.table());
        return new Other(
                List.of("dynamodb:GetItem", "dynamodb:PutItem"), List.of(table.toString()), target.partitionKey());
    }

    private void add(Access access) {
        switch (access) {
            case Access.ReadObjects objects -> reads.add(under(objects.prefix()));
            case Access.ListObjects objects -> lists.add(under(objects.prefix()));
            case Access.WriteObjects objects -> writes.add(under(objects.prefix()));
            case Access.ReplaceObjects objects -> {
                var place = under(objects.prefix());
                writes.add(place);
                others.add(new Other(
                        List.of("s3:DeleteObject"),
                        List.of("arn:" + partition + ":s3:::" + place.bucket() + "/" + place.key() + "*")));
            }
            case Access.Secret secret ->
                others.add(new Other(
                        List.of("secretsmanager:GetSecretValue"),
                        List.of(arn("secretsmanager", "secret:" + secret.name() + "-??????"))));
            case Access.TableItems items -> {
                var table = arn("dynamodb", "table/" + items.table());
                others.add(new Other(
                        items.operations().stream()
                                .map(operation -> "dynamodb:" + operation)
                                .toList(),
                        List.of(table, table + "/index/*")));
            }
            case Access.Actions actions ->
                others.add(new Other(
                        actions.actions(),
                        actions.resources().stream().map(this::substituted).toList()));
        }
    }

    private Place under(String prefix) {
        var address = buckets.locate(prefix);
        return Place.under(address.bucket(), address.key());
    }

    private String arn(String service, String resource) {
        return new Arn(partition, service, region, account, resource).toString();
    }

    private String substituted(String resource) {
        return resource.replace("${Partition}", partition)
                .replace("${Region}", region)
                .replace("${AccountId}", account);
    }
}
