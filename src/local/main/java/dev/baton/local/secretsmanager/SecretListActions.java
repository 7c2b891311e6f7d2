package dev.baton.local.secretsmanager;

import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The operations that list secrets, and draw passwords for them.
record SecretListActions(SecretVault vault) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.reading("GetRandomPassword", this::password),
                ApiOperation.reading("ListSecrets", this::list));
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var isAll = input.flag("IncludePlannedDeletion");
        var order = order(input.text("SortBy", "created-date"));
        var found = SecretFilters.of(input.objects("Filters")).in(vault.all()).stream()
                .filter(secret -> isAll || !secret.isDeleted())
                .sorted("asc".equals(input.text("SortOrder")) ? order : order.reversed())
                .toList();
        return SecretErrors.pages(100)
                .answer(
                        input,
                        "SecretList",
                        found,
                        StoredSecret::name,
                        secret -> SecretActions.described(secret, false));
    }

    private static Comparator<StoredSecret> order(String by) {
        return switch (by) {
            case "name" -> Comparator.comparing(StoredSecret::name);
            case "last-changed-date" ->
                Comparator.comparing(secret -> secret.dates().changed());
            case "last-accessed-date" ->
                Comparator.comparing(secret -> Objects.requireNonNullElse(
                        secret.dates().accessed(), secret.dates().created()));
            default -> Comparator.comparing(secret -> secret.dates().created());
        };
    }

    private Map<String, @Nullable Object> password(ApiInput input, ApiCall call) {
        call.require("*");
        return JsonAnswer.of("RandomPassword", RandomPassword.of(input).draw(vault.random()));
    }
}
