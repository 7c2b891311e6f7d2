package dev.baton.cdk;

import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rights of a function in a network, what Lambda needs of a function's role to put the function into a network;
/// the function's own code gets none of it ([AWS's
/// advice](https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice)).
final class NetworkRights {
    private static final List<String> ACTIONS = List.of(
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses");

    private NetworkRights() {}

    static Map<String, Object> document(Prefix prefix) {
        return Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                        allow(),
                        Map.of(
                                "Sid",
                                "NotForTheCode",
                                "Effect",
                                "Deny",
                                "Action",
                                ACTIONS,
                                "Resource",
                                "*",
                                "Condition",
                                Map.of(
                                        "ArnLike",
                                        Map.of(
                                                "lambda:SourceFunctionArn",
                                                "arn:${Partition}:lambda:${Region}:${AccountId}:function:"
                                                        + prefix.names() + "*")))));
    }

    /// A boundary that lets roles have these rights.
    static Map<String, @Nullable Object> added(Map<String, @Nullable Object> boundary) {
        var statements = new ArrayList<@Nullable Object>();
        if (boundary.get("Statement") instanceof List<?> list) {
            statements.addAll(list);
        }
        statements.add(allow());
        var more = new LinkedHashMap<>(boundary);
        more.put("Statement", statements);
        return more;
    }

    private static Map<String, Object> allow() {
        return Map.of("Sid", "JoinTheNetwork", "Effect", "Allow", "Action", ACTIONS, "Resource", "*");
    }
}
