package dev.baton.local.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.caller.Session;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.iam.policy.Principal;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesTest {
    private static final Account ACCOUNT = new Account("000000000000", "eu-central-1");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T05:00:00Z"), ZoneOffset.UTC);
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
            "Action":"sts:AssumeRole"}}""";
    private static final String READ = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::lake/*"}}""";

    @TempDir
    Path folder;

    @Test
    void what_a_folder_keeps_is_there_again() throws IOException {
        var first = Identities.in(folder, ACCOUNT, CLOCK);
        first.administrator("admin", "AKIAADMIN", "admin-secret");
        var policy = policy(first, "boundary");
        first.role("/baton/", "clean", TRUST);
        first.putRolePolicy("clean", "read", READ);
        first.put(first.role("clean")
                .orElseThrow()
                .with(first.role("clean")
                        .orElseThrow()
                        .grants()
                        .withAttached(policy.arn())
                        .withBoundary(policy.arn())
                        .withTags(Map.of("team", "red"))));
        var user = new User(ACCOUNT.globalArn("iam", "user/ann"), "AIDAANN", CLOCK.instant(), Grants.NONE);
        first.add(user);
        first.keys()
                .add(new AccessKey(
                        "AKIAANN", "ann-secret", null, new Caller(new Principal.User(user.arn()), user.id(), null)));
        first.provider("https://issuer.example", List.of("baton"));

        var again = Identities.in(folder, ACCOUNT, CLOCK);
        var role = again.role("clean").orElseThrow();
        assertThat(role.id()).isEqualTo(first.role("clean").orElseThrow().id());
        assertThat(role.arn()).isEqualTo("arn:aws:iam::000000000000:role/baton/clean");
        assertThat(role.trust().text()).isEqualTo(TRUST);
        assertThat(role.grants().inline().get("read").text()).isEqualTo(READ);
        assertThat(role.grants().attached()).containsExactly(policy.arn());
        assertThat(role.grants().boundary()).isEqualTo(policy.arn());
        assertThat(role.grants().tags()).isEqualTo(Map.of("team", "red"));
        assertThat(again.policy(policy.arn()).orElseThrow().policy().text()).isEqualTo(READ);
        assertThat(again.providers()).extracting(OidcProvider::url).containsExactly("https://issuer.example");
        assertThat(again.keys().find("AKIAANN").orElseThrow().secretAccessKey()).isEqualTo("ann-secret");
        assertThat(again.keys().find("AKIAADMIN"))
                .as("the administrator's key is given anew at each start")
                .isEmpty();
        assertThat(Files.readString(folder.resolve("identities.json"))).doesNotContain("admin-secret");
    }

    @Test
    void many_changes_are_written_at_once() throws IOException {
        var identities = Identities.in(folder, ACCOUNT, CLOCK);
        var written = new ArrayList<Long>();
        identities.onChange(() -> written.add(identities.generation()));
        identities.atomically(() -> {
            identities.role("/", "one", TRUST);
            identities.putRolePolicy("one", "read", READ);
            return identities.role("/", "two", TRUST);
        });
        identities.role("/", "two", TRUST);
        identities.putRolePolicy("one", "read", READ);
        assertThat(written).as("what is put again as it is changes nothing").hasSize(1);
        assertThat(Identities.in(folder, ACCOUNT, CLOCK).roles()).hasSize(2);
    }

    @Test
    void only_the_owner_may_read_the_file() throws IOException {
        var identities = Identities.in(folder, ACCOUNT, CLOCK);
        identities.role("/", "clean", TRUST);
        var file = folder.resolve("identities.json");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.toFile().list()).containsExactly("identities.json");
    }

    @Test
    void keys_of_sessions_are_forgotten_a_day_after_their_end() {
        var now = new AtomicReference<>(CLOCK.instant());
        var keys = new AccessKeys(new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        });
        for (int i = 0; i < 999; i++) {
            keys.add(session("ASIA" + i, now.get()));
        }
        now.updateAndGet(time -> time.plus(Duration.ofHours(2)));
        assertThat(keys.find("ASIA7"))
                .as("so that its holder is told that it expired")
                .isPresent();
        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));
        keys.add(session("ASIANEW", now.get()));
        assertThat(keys.find("ASIA7")).isEmpty();
        assertThat(keys.find("ASIANEW")).isPresent();
    }

    @Test
    void a_boundary_that_is_gone_lets_nothing_through() {
        var identities = new Identities(ACCOUNT, CLOCK);
        identities.role("/", "clean", TRUST);
        identities.putRolePolicy("clean", "read", READ);
        var role = identities.role("clean").orElseThrow();
        var caller = new Caller(
                new Principal.RoleSession("arn:aws:sts::000000000000:assumed-role/clean/one", role.arn()),
                "x:one",
                null);
        var authorizer = new PolicyAuthorizer(identities);
        var access = new AccessRequest(
                caller, "s3:GetObject", "arn:aws:s3:::lake/a", "000000000000", RequestContext.EMPTY, null);
        assertThat(authorizer.decide(access).allowed()).isTrue();
        var boundary = policy(identities, "boundary");
        identities.put(role.with(role.grants().withBoundary(boundary.arn())));
        assertThat(authorizer.decide(access).allowed()).isTrue();
        identities.removePolicy(boundary.arn());
        assertThat(authorizer.decide(access).allowed()).isFalse();
    }

    private static ManagedPolicy policy(Identities identities, String name) {
        var versions = new TreeMap<Integer, ManagedPolicy.Version>();
        versions.put(1, new ManagedPolicy.Version(Policy.parse(PolicyKind.IDENTITY, name, READ), CLOCK.instant()));
        var policy = new ManagedPolicy(
                ACCOUNT.globalArn("iam", "policy/" + name),
                "ANPA",
                CLOCK.instant(),
                "",
                versions,
                1,
                1,
                new TreeMap<>());
        identities.add(policy);
        return policy;
    }

    private static AccessKey session(String id, Instant now) {
        var session = new Session(List.of(), Map.of(), Set.of(), null, null, Map.of(), now, now.plusSeconds(3_600));
        return new AccessKey(
                id, "s", "t", new Caller(new Principal.User("arn:aws:iam::000000000000:user/ann"), "AIDA", session));
    }
}
