package dev.baton.local.secretsmanager;

import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The operations that read and put values, and move staging labels between versions.
record SecretVersionActions(SecretVault vault, SecretAccess access, SecretValues values) {
    private static final int MOST_STAGES = 20;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading(
                        "BatchGetSecretValue",
                        this::getSeveral,
                        "secretsmanager:BatchGetSecretValue",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:ListSecrets",
                        "kms:Decrypt"),
                ApiOperation.reading("GetSecretValue", this::get, "secretsmanager:GetSecretValue", "kms:Decrypt"),
                ApiOperation.reading("ListSecretVersionIds", this::list),
                ApiOperation.changing(
                        "PutSecretValue",
                        this::put,
                        "secretsmanager:PutSecretValue",
                        "kms:GenerateDataKey",
                        "kms:Decrypt"),
                ApiOperation.changing("UpdateSecretVersionStage", this::move));
    }

    private Map<String, @Nullable Object> get(ApiInput input, ApiCall call) {
        var id = input.text("VersionId");
        var stage = input.text("VersionStage");
        var secret = access.living(
                input,
                call,
                RequestContext.builder()
                        .put("secretsmanager:VersionId", id)
                        .put("secretsmanager:VersionStage", stage)
                        .build());
        return value(secret, id, stage, call);
    }

    private Map<String, @Nullable Object> value(
            StoredSecret secret, @Nullable String id, @Nullable String stage, ApiCall call) {
        var version = id == null ? secret.staged(stage == null ? SecretVersion.CURRENT : stage) : secret.version(id);
        if (version != null && id != null && stage != null && !version.stages().contains(stage)) {
            throw SecretErrors.request("You provided a VersionStage that is not associated to the provided VersionId.");
        }
        var plain = version == null ? null : values.open(secret, version, call);
        if (version == null || plain == null) {
            throw SecretErrors.notFound(
                    id == null
                            ? "the specified secret value for staging label: "
                                    + (stage == null ? SecretVersion.CURRENT : stage)
                            : "the specified secret value for VersionId: " + id);
        }
        vault.change(
                secret,
                current -> current.at(dates -> dates.accessedAt(vault.now().truncatedTo(ChronoUnit.DAYS))));
        var isBinary = Objects.requireNonNull(version.value()).binary();
        return new JsonAnswer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .put("VersionId", version.id())
                .putIf("SecretBinary", isBinary ? Base64.getEncoder().encodeToString(plain) : null)
                .putIf("SecretString", isBinary ? null : new String(plain, StandardCharsets.UTF_8))
                .put("VersionStages", List.copyOf(version.stages()))
                .time("CreatedDate", version.created())
                .map();
    }

    private Map<String, @Nullable Object> getSeveral(ApiInput input, ApiCall call) {
        var ids = input.texts("SecretIdList");
        var filters = input.objects("Filters");
        call.require("*");
        if (ids.isEmpty() == filters.isEmpty()) {
            throw SecretErrors.parameter("You must provide either SecretIdList or Filters, and not both.");
        }
        var wanted = ids;
        if (!filters.isEmpty()) {
            call.require("secretsmanager:ListSecrets", "*", RequestContext.EMPTY);
            wanted = SecretFilters.of(filters).in(vault.all()).stream()
                    .filter(secret -> !secret.isDeleted())
                    .map(StoredSecret::name)
                    .toList();
        }
        var page = SecretErrors.pages(20).page(input, wanted, id -> id);
        var found = new ArrayList<@Nullable Object>();
        var errors = new ArrayList<@Nullable Object>();
        for (var id : page.items()) {
            try {
                var secret = access.secret(id, call, "secretsmanager:GetSecretValue", RequestContext.EMPTY);
                if (secret.isDeleted()) {
                    throw SecretErrors.deleted();
                }
                found.add(value(secret, null, null, call));
            } catch (AwsError e) {
                errors.add(JsonAnswer.of("SecretId", id, "ErrorCode", e.code(), "Message", e.message()));
            } catch (AccessDenied e) {
                errors.add(
                        JsonAnswer.of("SecretId", id, "ErrorCode", "AccessDeniedException", "Message", e.getMessage()));
            }
        }
        return new JsonAnswer()
                .put("SecretValues", found)
                .put("Errors", errors)
                .putIf("NextToken", page.next())
                .map();
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        var secret = access.secret(input, call);
        var isAll = input.flag("IncludeDeprecated");
        var versions = secret.versions().stream()
                .filter(version -> isAll || !version.isDeprecated())
                .toList();
        var answer = SecretErrors.pages(100)
                .answer(
                        input,
                        "Versions",
                        versions,
                        SecretVersion::id,
                        version -> new JsonAnswer()
                                .put("VersionId", version.id())
                                .put("VersionStages", List.copyOf(version.stages()))
                                .time("CreatedDate", version.created())
                                .put(
                                        "KmsKeyIds",
                                        version.value() == null || secret.key() == null
                                                ? List.of("DefaultEncryptionKey")
                                                : List.of(version.value().key()))
                                .map());
        answer.put("ARN", secret.arn());
        answer.put("Name", secret.name());
        return answer;
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var secret = access.living(input, call);
        if (!values.isGiven(input)) {
            throw SecretErrors.request("You must provide either SecretString or SecretBinary.");
        }
        var token = input.text("ClientRequestToken", UUID.randomUUID().toString());
        var given = input.texts("VersionStages");
        var stages = given.isEmpty() ? List.of(SecretVersion.CURRENT) : given;
        if (stages.size() > MOST_STAGES) {
            throw new AwsError(400, "LimitExceededException", "A version has at most 20 staging labels.");
        }
        var changed = vault.change(secret, current -> values.put(current, token, stages, input, call));
        return JsonAnswer.of(
                "ARN",
                changed.arn(),
                "Name",
                changed.name(),
                "VersionId",
                token,
                "VersionStages",
                List.copyOf(Objects.requireNonNull(changed.version(token)).stages()));
    }

    private Map<String, @Nullable Object> move(ApiInput input, ApiCall call) {
        var stage = input.require("VersionStage");
        var secret = access.living(
                input,
                call,
                RequestContext.builder()
                        .put("secretsmanager:VersionStage", stage)
                        .build());
        var from = input.text("RemoveFromVersionId");
        var to = input.text("MoveToVersionId");
        var changed = vault.change(secret, current -> moved(current, stage, from, to));
        return JsonAnswer.of("ARN", changed.arn(), "Name", changed.name());
    }

    private StoredSecret moved(StoredSecret secret, String stage, @Nullable String from, @Nullable String to) {
        if (from == null && to == null) {
            throw SecretErrors.parameter("You must provide MoveToVersionId, RemoveFromVersionId, or both.");
        }
        for (var id : new String[] {from, to}) {
            if (id != null && secret.version(id) == null) {
                throw SecretErrors.notFound("the specified secret version. VersionId: " + id);
            }
        }
        var holder = secret.staged(stage);
        if (holder != null && !holder.id().equals(from) && !holder.id().equals(to)) {
            throw SecretErrors.parameter(
                    from == null
                            ? "The parameter RemoveFromVersionId can't be empty. Staging label " + stage
                                    + " is currently attached to version " + holder.id()
                                    + ", so you must explicitly reference that version in RemoveFromVersionId."
                            : "The parameter RemoveFromVersionId is not correct. Staging label " + stage
                                    + " is currently attached to version " + holder.id() + ".");
        }
        if (from != null && holder == null) {
            throw SecretErrors.parameter("Staging label " + stage + " is not attached to version " + from + ".");
        }
        if (to == null) {
            if (stage.equals(SecretVersion.CURRENT)) {
                throw SecretErrors.parameter("You can only move staging label AWSCURRENT to a different secret version."
                        + " It can't be completely removed.");
            }
            return secret.each(version -> version.without(stage));
        }
        return secret.staging(stage, to).at(dates -> dates.changedAt(vault.now()));
    }
}
