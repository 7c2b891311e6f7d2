package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.environment.Environments;
import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page on who asks cannot lie: its file of environments is read, its commands take their words, its codes are those
/// that there are.
class IdentitiesPageTest {
    private static final Path PAGE = Path.of("../../src/site/markdown/identities.md");
    private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");
    private static final Pattern CODE = Pattern.compile("(?m)^\\| `(RUN[0-9]{3})` \\|");

    @Test
    void its_environment_is_one_and_says_what_the_page_says() throws IOException {
        var text = JSON.matcher(Files.readString(PAGE));
        assertThat(text.find()).isTrue();
        var prod = Environments.parse(PAGE.toString(), text.group(1)).named("prod");
        var identities = prod.identities();
        assertThat(prod.policies()).isTrue();
        assertThat(identities.providers()).containsOnlyKeys("okta", "github");
        assertThat(identities.providers().get("okta").teamsOf(List.of("00g1abcd", "unnamed")))
                .containsExactly("data-owners");
        assertThat(identities.teamsOf("arn:aws:iam::111111111111:role/DataOwners"))
                .containsExactly("data-owners");
        assertThat(identities.teamsOf("arn:aws:iam::222222222222:role/DataOwners"))
                .isEmpty();
    }

    @Test
    void its_commands_take_their_words() throws IOException {
        PageCommands.assertTaken(PAGE, 3);
    }

    @Test
    void its_codes_have_pages() throws IOException {
        var codes = CODE.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(codes)
                .hasSize(8)
                .allSatisfy(code -> assertThat(Explanations.of(code)).isPresent());
    }
}
