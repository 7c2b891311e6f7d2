package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Environments;
import dev.baton.policy.CedarSource;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page about people cannot lie: its policies are checked and tested by its sentences, its environment is read, its
/// default is the one that holds, and its commands take the words that it gives them.
class PeoplePageTest {
    private static final Path PAGE = Path.of("../../src/site/markdown/people.md");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path home;

    private static List<String> blocks(String language) throws IOException {
        var blocks = new ArrayList<String>();
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(block -> {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        });
        return blocks;
    }

    @Test
    void the_examples_own_policies_are_sound_and_say_what_their_sentences_say() throws IOException {
        var cdk = Files.createDirectories(home.resolve("own/cdk"));
        for (var name : List.of("environments.json", "policies.cedar", "policies.test")) {
            Files.copy(Path.of("../../cdk", name), cdk.resolve(name));
        }
        var own = home.resolve("own");

        var check = Call.in(own, "policy", "check");
        assertThat(check.exit()).as(check.out() + check.err()).isZero();
        assertThat(check.out()).isEqualTo("nothing is wrong with the policies\n");
        var test = Call.in(own, "policy", "test", cdk.resolve("policies.test").toString());
        assertThat(test.out()).contains("13 questions asked, 0 answered otherwise");
        assertThat(test.exit()).isZero();
    }

    @Test
    void its_policies_say_what_its_sentences_say() throws IOException {
        var cdk = Files.createDirectories(home.resolve("cdk"));
        // Teams come from the identity provider as well.
        var environments = "{" + blocks("json").getFirst().replace("\"on-call\"]", "\"on-call\", \"forecast\"]") + "}";
        Files.writeString(cdk.resolve("environments.json"), environments);
        Files.writeString(cdk.resolve("policies.cedar"), blocks("cedar").getLast());
        var sentences =
                Files.writeString(cdk.resolve("policies.test"), blocks("").getFirst());

        var check = Call.in(home, "policy", "check");
        assertThat(check.out()).isEqualTo("nothing is wrong with the policies\n");
        var test = Call.in(home, "policy", "test", sentences.toString());
        assertThat(test.exit()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).contains("10 questions asked, 0 answered otherwise");

        // By the default, nobody is let who owns nothing: the example names no owner.
        Files.writeString(cdk.resolve("policies.cedar"), CedarSource.DEFAULT.text());
        var other = Call.in(home, "policy", "test", sentences.toString());
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("DENIED", "10 questions asked, 4 answered otherwise");
        assertThat(Call.in(home, "policy", "test", "--json", sentences.toString())
                        .lines())
                .hasSize(10)
                .allMatch(line -> line.startsWith("{\"line\":"));
    }

    @Test
    void its_environment_is_read() throws IOException {
        var environment = Environments.parse("page", "{" + blocks("json").getFirst() + "}")
                .named("prod");

        assertThat(environment.policies()).isTrue();
        assertThat(environment.owner()).isEqualTo("platform");
        assertThat(environment.identities().teamsOf("arn:aws:iam::000000000000:role/operators"))
                .contains("on-call");
    }

    @Test
    void its_default_is_the_one_that_holds() throws IOException {
        assertThat(blocks("cedar").getFirst()).isEqualTo(CedarSource.DEFAULT.text());
        assertThat(Call.of("policy", "show", "--default").out()).isEqualTo(CedarSource.DEFAULT.text());
        var schema = Call.of("policy", "schema").out();
        assertThat(schema)
                .endsWith(CedarSource.SCHEMA.text())
                .contains("// Baton::Task::\"weather/WetSpells\"\n", "// Baton::Event::\"completion:weather\"\n");
    }

    @Test
    void its_table_names_every_action_and_its_text_all_of_the_context() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Arrays.stream(PolicyAction.values()).map(PolicyAction::word))
                .allSatisfy(word -> assertThat(page).contains("\n| `" + word + "` | "));
        var attributes = Pattern.compile("(?s)type Asked = \\{(.*?)\\};")
                .matcher(CedarSource.SCHEMA.text())
                .results()
                .flatMap(type ->
                        Pattern.compile("(\\w+)\\?:").matcher(type.group(1)).results())
                .map(attribute -> attribute.group(1))
                .toList();
        var context = page.substring(page.indexOf("The context of a question"), page.indexOf("## Check and test"));
        assertThat(attributes).hasSize(9).allSatisfy(name -> assertThat(context).contains("`" + name + "`"));
        var question = Files.readString(Path.of("../policy/main/java/dev/baton/policy")
                .resolve(PolicyQuestion.class.getSimpleName() + ".java"));
        assertThat(attributes).allSatisfy(name -> assertThat(question).contains("/// | `" + name + "` | "));
    }

    @Test
    void every_command_takes_the_words_that_the_page_gives_it() throws IOException {
        PageCommands.assertTaken(PAGE, 5);
    }
}
