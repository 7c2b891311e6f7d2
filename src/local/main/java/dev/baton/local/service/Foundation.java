package dev.baton.local.service;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.Account;
import dev.baton.local.identity.Authorizer;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.RoleSessions;
import dev.baton.local.internal.StoredFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The ground that services of the embedded AWS are built on: account, identities, clock, folder.
///
/// @param scheduler of the time of `clock`, to the millisecond
/// @param folder where they may keep something; absent where all is in memory
/// @param endpoint where this AWS answers, once it does
public record Foundation(
        Account account,
        Clock clock,
        Scheduler scheduler,
        Identities identities,
        Authorizer authorizer,
        RoleSessions sessions,
        @Nullable Path folder,
        Supplier<@Nullable String> endpoint) {

    /// A file of the folder; absent where all is in memory.
    public @Nullable StoredFile file(String name) {
        return folder == null ? null : new StoredFile(folder.resolve(name));
    }
}
