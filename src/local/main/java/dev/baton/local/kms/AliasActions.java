package dev.baton.local.kms;

import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names for keys. Whoever gives one needs the right on the alias and on the key.
record AliasActions(Keyring keys, KeyAccess access) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateAlias", (input, call) -> name(input, call, false)),
                ApiOperation.changing("UpdateAlias", (input, call) -> name(input, call, true)),
                ApiOperation.changing("DeleteAlias", this::delete),
                ApiOperation.reading("ListAliases", this::list));
    }

    private Map<String, @Nullable Object> name(ApiInput input, ApiCall call, boolean there) {
        var name = checked(input.require("AliasName"));
        var arn = keys.arn(name);
        var target = KeyActions.existing(keys, input.require("TargetKeyId"));
        access.require(call, arn);
        access.require(call, target, RequestContext.EMPTY);
        var known = keys.alias(name);
        if (there && known == null) {
            throw KmsErrors.noSuchAlias(arn);
        }
        if (!there && known != null) {
            throw KmsErrors.aliasExists(arn);
        }
        if (known != null) {
            access.require(call, KeyActions.existing(keys, known.key()), RequestContext.EMPTY);
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

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var name = input.require("AliasName");
        var arn = keys.arn(name);
        access.require(call, arn);
        var known = keys.alias(name);
        if (known == null) {
            throw KmsErrors.noSuchAlias(arn);
        }
        access.require(call, KeyActions.existing(keys, known.key()), RequestContext.EMPTY);
        keys.unname(checked(name));
        return Map.of();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        access.require(call, "*");
        var of = input.text("KeyId");
        var wanted = of == null ? null : KeyActions.existing(keys, of);
        return KmsErrors.page(
                input,
                50,
                "Aliases",
                keys.aliases().stream()
                        .filter(alias -> wanted == null || alias.key().equals(wanted.id()))
                        .toList(),
                alias -> alias.name(),
                alias -> JsonAnswer.of(
                        "AliasName", alias.name(),
                        "AliasArn", keys.arn(alias.name()),
                        "TargetKeyId", alias.key(),
                        "CreationDate", JsonAnswer.seconds(alias.created()),
                        "LastUpdatedDate", JsonAnswer.seconds(alias.updated())));
    }
}
