package dev.baton.local.kms;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names for keys. Whoever gives one needs the right on the alias and on the key.
final class AliasActions {
    private static final int MOST = 100;

    private final Keyring keys;
    private final KeyAccess access;

    AliasActions(Keyring keys, KeyAccess access) {
        this.keys = keys;
        this.access = access;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateAlias", (input, request) -> name(new KmsInput(input), request, "CreateAlias", false));
        actions.put("UpdateAlias", (input, request) -> name(new KmsInput(input), request, "UpdateAlias", true));
        actions.put("DeleteAlias", (input, request) -> delete(new KmsInput(input), request));
        actions.put("ListAliases", (input, request) -> list(new KmsInput(input), request));
        return actions;
    }

    private Map<String, @Nullable Object> name(KmsInput input, AwsRequest request, String action, boolean there) {
        var name = checked(input.require("AliasName"));
        var arn = keys.arn(name);
        var target = KeyActions.existing(keys, input.require("TargetKeyId"));
        access.require(request, action, arn, RequestContext.EMPTY);
        access.require(request, action, target, RequestContext.EMPTY);
        var known = keys.alias(name);
        if (there && known == null) {
            throw KmsErrors.noSuchAlias(arn);
        }
        if (!there && known != null) {
            throw KmsErrors.aliasExists(arn);
        }
        if (known != null) {
            access.require(request, action, KeyActions.existing(keys, known.key()), RequestContext.EMPTY);
        }
        KeyActions.refuseAwsOwn(target);
        if (target.deletion() != null) {
            throw KmsErrors.state(target.arn() + " is pending deletion.");
        }
        keys.name(name, target);
        return Map.of();
    }

    private static String checked(String name) {
        if (!name.matches("alias/[a-zA-Z0-9/_-]{1,250}")) {
            throw KmsErrors.invalidAlias("Alias must start with the prefix \"alias/\". Please see "
                    + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
        }
        if (name.startsWith("alias/aws/")) {
            throw KmsErrors.invalidAlias("Aliases that begin with alias/aws/ are AWS's own: " + name);
        }
        return name;
    }

    private Map<String, @Nullable Object> delete(KmsInput input, AwsRequest request) {
        var name = input.require("AliasName");
        var arn = keys.arn(name);
        access.require(request, "DeleteAlias", arn, RequestContext.EMPTY);
        var known = keys.alias(name);
        if (known == null) {
            throw KmsErrors.noSuchAlias(arn);
        }
        access.require(request, "DeleteAlias", KeyActions.existing(keys, known.key()), RequestContext.EMPTY);
        keys.unname(checked(name));
        return Map.of();
    }

    private Map<String, @Nullable Object> list(KmsInput input, AwsRequest request) {
        access.require(request, "ListAliases", "*", RequestContext.EMPTY);
        var of = input.text("KeyId");
        var wanted = of == null ? null : KeyActions.existing(keys, of);
        var limit = input.number("Limit", 50, 1, MOST);
        var marker = input.text("Marker", "");
        var after = keys.aliases().stream()
                .filter(alias -> wanted == null || alias.key().equals(wanted.id()))
                .filter(alias -> alias.name().compareTo(marker) > 0)
                .toList();
        var page = after.stream().limit(limit).toList();
        var answer = KeyActions.answer(
                "Aliases",
                page.stream()
                        .map(alias -> KeyActions.answer(
                                "AliasName", alias.name(),
                                "AliasArn", keys.arn(alias.name()),
                                "TargetKeyId", alias.key(),
                                "CreationDate", KeyActions.seconds(alias.created()),
                                "LastUpdatedDate", KeyActions.seconds(alias.updated())))
                        .toList(),
                "Truncated",
                after.size() > limit);
        if (after.size() > limit) {
            answer.put("NextMarker", page.getLast().name());
        }
        return answer;
    }
}
