package dev.baton.local.states.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a file of mocks is told with its place, all at once.
class MockFileTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {                                     | LOC023 | ''                              | is not JSON
            []                                    | LOC023 | ''                              | has no array "mocks"
            {"mocks":{}}                          | LOC023 | ''                              | has no array "mocks"
            {"mocks":[],"mock":1}                 | LOC023 | /mock                           | is no member
            {"mocks":[7]}                         | LOC023 | /mocks/0                        | is not an object but number
            {"mocks":[{"state":"S"}]}             | LOC023 | /mocks/0                        | has no array "answers"
            {"mocks":[{"answers":[]}]}            | LOC023 | /mocks/0                        | has no array "answers"
            {"mocks":[{"stat":"S","answers":[{"result":1}]}]}  | LOC023 | /mocks/0/stat      | is no member
            {"mocks":[{"state":7,"answers":[{"result":1}]}]}   | LOC023 | /mocks/0/state     | is not a text but number
            {"mocks":[{"answers":[{}]}]}          | LOC023 | /mocks/0/answers/0              | says nothing
            {"mocks":[{"answers":[{"result":1,"open":true}]}]} | LOC023 | /mocks/0/answers/0 | says both of [result, open]
            {"mocks":[{"answers":[{"open":1}]}]}  | LOC023 | /mocks/0/answers/0/open         | is not true
            {"mocks":[{"answers":[{"result":"plain"}]}]} | LOC023 | /mocks/0/answers/0/result | is a text that is not JSON
            {"mocks":[{"answers":[{"errorOutput":{"cause":"c"}}]}]} | LOC023 | /mocks/0/answers/0/errorOutput | has no "error"
            {"mocks":[{"answers":[{"result":1,"delaySeconds":-1}]}]} | LOC023 | /mocks/0/answers/0/delaySeconds | is not a number
            {"mocks":[{"answers":[{"result":1,"fieldValidationMode":"LAX"}]}]} | LOC023 | /mocks/0/answers/0/fieldValidationMode | is not a mode
            {"mocks":[{"resource":"arn:aws:states:::sqs:sendMessage","answers":[{"result":{"MessageId":7,"MD5OfMessageBody":"m"}}]}]} | LOC024 | /mocks/0/answers/0 | 'MessageId' must be a string
            {"mocks":[{"resource":"lambda","answers":[{"result":1}]}]} | LOC025 | /mocks/0/resource | knows nothing to call as lambda
            {"mocks":[{"resource":"arn:aws:states:::athena:getQuery","answers":[{"result":{}}]}]} | LOC025 | /mocks/0/resource | knows nothing
            {"mocks":[{"resource":"arn:aws:states:::aws-sdk:glue:startCrawlr","answers":[{"result":{}}]}]} | LOC025 | /mocks/0/resource | startCrawlr
            """)
    void a_file_is_refused_at_its_fault(String text, String code, String pointer, String message) {
        var refused = catchThrowableOfType(DiagnosticException.class, () -> IntegrationMocks.of("mocks.json", text));
        assertThat(refused.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.location().toString())
                    .startsWith("mocks.json:1:")
                    .endsWith(place(pointer));
            assertThat(finding.message()).contains(message);
        });
    }

    private static String place(String pointer) {
        return pointer.equals("''") ? "" : " " + pointer;
    }

    @Test
    void a_misspelt_operation_is_told_the_nearest() {
        assertThat(refused("{\"mocks\":[{\"resource\":\"arn:aws:states:::aws-sdk:glue:startCrawlr\","
                        + "\"answers\":[{\"result\":{}}]}]}"))
                .extracting(Diagnostic::remedy)
                .isEqualTo("write startCrawler instead of startCrawlr");
    }

    @Test
    void all_faults_are_told_at_once() {
        var refused = catchThrowableOfType(
                DiagnosticException.class,
                () -> IntegrationMocks.of("mocks.json", "{\"mocks\":[{\"answers\":[{}]},{\"state\":7}]}"));
        assertThat(refused.diagnostics()).hasSize(3);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        var refused =
                catchThrowableOfType(DiagnosticException.class, () -> IntegrationMocks.of(Path.of("no", "mocks.json")));
        assertThat(refused.diagnostics()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("LOC023");
            assertThat(finding.location().toString()).endsWith("mocks.json");
        });
    }

    private static Diagnostic refused(String text) {
        return catchThrowableOfType(DiagnosticException.class, () -> IntegrationMocks.of("mocks.json", text))
                .diagnostics()
                .getFirst();
    }
}
