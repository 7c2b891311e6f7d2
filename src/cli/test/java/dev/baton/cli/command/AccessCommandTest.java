package dev.baton.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.baton.cli.Call;
import dev.baton.cli.WeatherData;
import dev.baton.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `baton access`: what tasks may do, why, and what became wider.
class AccessCommandTest {
    @TempDir
    private Path home;

    @Test
    void a_table_shows_what_each_task_reads_and_writes() {
        var call = Call.of("access", "weather");

        assertThat(call.exit()).as(call.err()).isZero();
        assertThat(call.out())
                .contains("TASK ", "READS", "WRITES", "OTHER")
                .containsPattern("WetSpells +lake/clean/new-york/\\*\\.csv +lake/spells/new-york/\\*\\.csv\n"
                        + " +lake/clean/seattle/\\*\\.csv +lake/spells/seattle/\\*\\.csv\n")
                .doesNotContain("-runner", "state/", "kms:");
    }

    @Test
    void the_policies_of_a_role_are_shown_with_its_boundary() {
        var call = Call.of("access", "weather", "--policy", "WetSpells");

        var json = Json.parseObject(call.out());
        assertThat(json).containsOnlyKeys("role", "trust", "policy", "boundary");
        assertThat(json.get("role")).asString().endsWith("role/baton/weather/baton-weather-WetSpells");
        assertThat(Json.parseObject(
                        Call.of("access", "weather", "--policy", "deploy").out()))
                .containsOnlyKeys("role", "trust", "policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WetSpells        | s3:GetObject       | s3://lake/clean/seattle/2012.csv  | allowed | statement ReadInputs
            WetSpells        | s3:GetObject       | s3://lake/landing/seattle/2012.csv | denied | covers only arn:aws:s3:::lake/clean
            WetSpells        | s3:PutObject       | s3://lake/spells/seattle/2012.csv | allowed | statement WriteOutput
            WetSpells        | s3:PutObject       | s3://lake/clean/seattle/2012.csv  | denied  | OnlyItsOwnOutputs
            WetSpells        | s3:DeleteObject    | s3://lake/spells/seattle/2012.csv | denied  | no identity-based policy allows it
            WetSpells        | s3:ListBucket      | s3://lake/clean/seattle/2012.csv  | allowed | TellMissingFromForbidden
            WetSpells        | s3:ListBucket      | s3://lake/                        | denied  | asks for StringLike s3:prefix
            WetSpells        | kms:Decrypt        | ${LakeKey}                        | allowed | DecryptWhatItReads
            WetSpells        | states:SendTaskSuccess | *                             | denied  | no identity-based policy allows it
            callback         | states:SendTaskSuccess | *                             | allowed | CompleteByToken
            WetSpells-runner | s3:GetObject       | s3://lake/clean/seattle/2012.csv  | denied  | covers only arn:aws:s3:::state/
            WetSpells-runner | sts:AssumeRole     | arn:aws:iam::123456789012:role/baton/weather/baton-weather-WetSpells | allowed | BecomeTheTask
            WetSpells-runner | sts:AssumeRole     | arn:aws:iam::123456789012:role/baton/weather/baton-weather-Extremes | denied | no role trust policy allows it
            deploy           | iam:PassRole       | arn:aws:iam::123456789012:role/baton/weather/baton-weather-WetSpells | denied | HandRolesToServices
            """)
    void why_a_request_is_allowed_or_denied_is_told(
            String who, String action, String resource, String decision, String why) {
        var call = Call.of("access", "weather", "--who", who, "--action", action, "--resource", resource);

        assertThat(call.lines().getFirst()).as(call.out() + call.err()).isEqualTo(decision);
        assertThat(call.out()).contains(why);
        assertThat(call.exit()).isEqualTo(decision.equals("allowed") ? 0 : 1);
    }

    @Test
    void a_request_without_the_encryption_that_functions_ask_for_is_denied() {
        var call = Call.of(
                "access",
                "weather",
                "--who",
                "WetSpells",
                "--action",
                "s3:PutObject",
                "--resource",
                "s3://lake/spells/seattle/2012.csv",
                "--context",
                "s3:x-amz-server-side-encryption=",
                "--context",
                "s3:x-amz-server-side-encryption-aws-kms-key-id=");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out()).contains("the request has no s3:x-amz-server-side-encryption");
    }

    @Test
    void a_role_that_is_not_there_is_told_with_those_that_are() {
        var call = Call.of("access", "weather", "--policy", "Nobody");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).contains("error CLI030 at Nobody", "WetSpells-runner", "callback");
    }

    @Test
    void an_action_that_is_none_is_told() {
        var call =
                Call.of("access", "weather", "--who", "pin", "--action", "s3:HeadObject", "--resource", "s3://lake/x");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).contains("error CLI034 at s3:HeadObject");
    }

    @Test
    void everything_of_s3_added_by_hand_fails_until_somebody_accepts_it() throws IOException {
        var after = copied("after");
        assertThat(Call.in(home, "access", "--diff", copied("before").toString(), after.toString())
                        .out())
                .isEqualTo("0 widened (0 accepted), 0 narrowed%n".formatted());

        var file = after.resolve("weather/policies/baton-weather-WetSpells.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"s3:GetObject\"", "\"s3:*\""));
        var call = Call.in(home, "access", "--diff", home.resolve("before").toString(), after.toString());
        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.out())
                .contains("widened   weather/baton-weather-WetSpells allow s3:* on arn:${Partition}:s3:::")
                .contains("(0 accepted)");

        var accepted = call.lines("widened").stream()
                .map(line -> line.substring("widened".length()).strip() + " # a test")
                .toList();
        Files.write(after.resolve("accepted-access.txt"), accepted);
        var again = Call.in(home, "access", "--diff", home.resolve("before").toString(), after.toString());
        assertThat(again.exit()).as(again.out()).isZero();
        assertThat(again.out()).contains("accepted: a test", "(%d accepted)".formatted(accepted.size()));
    }

    @Test
    void two_revisions_of_git_are_compared() throws IOException, InterruptedException {
        copied("statemachines");
        git("init", "-q");
        commit("one");
        var file = home.resolve("statemachines/weather/buckets/lake.json");
        Files.writeString(file, Files.readString(file).replace("\"Effect\": \"Deny\"", "\"Effect\": \"Allow\""));
        commit("two");

        var call = Call.in(home, "access", "--diff", "HEAD~1", "HEAD");
        assertThat(call.exit()).as(call.err()).isEqualTo(1);
        assertThat(call.out()).contains("widened   weather/bucket/lake no longer deny s3:* on");
        assertThat(Call.in(home, "access", "--diff", "HEAD", "HEAD~1").exit()).isZero();
        assertThat(Call.in(home, "access", "--diff", "HEAD", "statemachines").out())
                .startsWith("0 widened");
    }

    @Test
    void two_revisions_of_mercurial_are_compared() throws IOException, InterruptedException {
        var missing = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "hg")));
        assumeFalse(missing, "mercurial is not installed");
        copied("statemachines");
        run("hg", "init", home.toString());
        run("hg", "-R", home.toString(), "commit", "--addremove", "-q", "-u", "a", "-m", "one");
        var file = home.resolve("statemachines/weather/buckets/lake.json");
        Files.writeString(file, Files.readString(file).replace("\"Effect\": \"Deny\"", "\"Effect\": \"Allow\""));
        run("hg", "-R", home.toString(), "commit", "-q", "-u", "a", "-m", "two");

        var call = Call.in(home, "access", "--diff", "tip~1", "tip");
        assertThat(call.exit()).as(call.err()).isEqualTo(1);
        assertThat(call.out()).contains("widened   weather/bucket/lake no longer deny s3:* on");
        assertThat(Call.in(home, "access", "--diff=all()", "statemachines").err())
                .contains("error CLI031 at all()")
                .contains("error REV002 at all()");
    }

    @ParameterizedTest
    @CsvSource({"no-such-revision", "--upload-pack=true", "'HEAD; true'"})
    void what_is_neither_folder_nor_revision_is_told(String name) throws IOException {
        copied("statemachines");
        var call = Call.in(home, "access", "--diff=" + name, "statemachines");

        assertThat(call.exit()).isEqualTo(1);
        assertThat(call.err()).contains("error CLI031 at " + name);
    }

    private Path copied(String name) throws IOException {
        var folder = home.resolve(name).resolve("weather");
        for (var inside : List.of("policies", "buckets")) {
            Files.createDirectories(folder.resolve(inside));
            try (var files = Files.list(WeatherData.EXAMPLE.resolve(inside))) {
                for (var file : files.toList()) {
                    Files.copy(file, folder.resolve(inside).resolve(file.getFileName()));
                }
            }
        }
        Files.copy(WeatherData.EXAMPLE.resolve("boundary.json"), folder.resolve("boundary.json"));
        return home.resolve(name);
    }

    private void commit(String message) throws IOException, InterruptedException {
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--no-gpg-sign", "-m", message);
    }

    private void git(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
