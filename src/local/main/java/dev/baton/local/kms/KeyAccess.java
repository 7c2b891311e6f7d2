package dev.baton.local.kms;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.service.ApiCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks whether the caller may use a key or change it, with KMS's condition keys. A key's own policy has to grant it,
/// or leave it to the account's policies.
///
/// See [Condition keys for
/// KMS](https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html).
record KeyAccess(Keyring keys, Authorizer authorizer) {
    /// Asks leave for an operation on a key.
    void require(ApiCall call, KmsKey key, RequestContext more) {
        require(call, call.right(), key, more);
    }

    /// @param right one of those that the operation may ask for
    void require(ApiCall call, String right, KmsKey key, RequestContext more) {
        call.require(right, key.arn(), keys.account().id(), more.or(own(call.caller(), key)), key.policy());
    }

    /// For a service that uses a key for its caller.
    void require(AwsRequest request, String right, KmsKey key, RequestContext more) {
        authorizer.require(access(request, right, key, more));
    }

    /// Whether the caller could put a key policy again if the key had this one.
    boolean keepsAccess(ApiCall call, KmsKey key) {
        return authorizer
                .decide(access(call.request(), "kms:PutKeyPolicy", key, RequestContext.EMPTY))
                .allowed();
    }

    private AccessRequest access(AwsRequest request, String right, KmsKey key, RequestContext more) {
        var context = more.or(own(request.caller(), key)).or(request.context());
        return new AccessRequest(
                request.caller(), right, key.arn(), keys.account().id(), context, key.policy());
    }

    private RequestContext own(Caller caller, KmsKey key) {
        return name -> switch (name) {
            case "kms:calleraccount" -> List.of(caller.account());
            case "kms:keyspec" -> List.of(key.spec().name());
            case "kms:keyusage" -> List.of(key.spec().usage());
            case "kms:keyorigin" -> List.of("AWS_KMS");
            case "kms:multiregion" -> List.of("false");
            case "kms:resourcealiases" -> keys.aliasesOf(key);
            case "aws:resourceaccount" -> List.of(keys.account().id());
            default -> name.startsWith("aws:resourcetag/") ? tag(key.tags(), name) : null;
        };
    }

    private static @Nullable List<String> tag(Map<String, String> tags, String name) {
        var wanted = name.substring(name.indexOf('/') + 1);
        for (var tag : tags.entrySet()) {
            if (tag.getKey().equalsIgnoreCase(wanted)) {
                return List.of(tag.getValue());
            }
        }
        return null;
    }

    /// For what concerns no key, or an alias.
    void require(ApiCall call, String right, String resource, RequestContext more) {
        RequestContext own = RequestContext.builder()
                .put("kms:CallerAccount", call.caller().account())
                .build();
        call.require(right, resource, keys.account().id(), more.or(own), null);
    }

    void require(ApiCall call, String resource) {
        require(call, call.right(), resource, RequestContext.EMPTY);
    }

    /// The keys of an encryption context.
    static RequestContext of(Map<String, String> encryptionContext) {
        if (encryptionContext.isEmpty()) {
            return RequestContext.EMPTY;
        }
        var context =
                RequestContext.builder().put("kms:EncryptionContextKeys", List.copyOf(encryptionContext.keySet()));
        encryptionContext.forEach((name, value) -> context.put("kms:EncryptionContext:" + name, value));
        return context.build();
    }
}
