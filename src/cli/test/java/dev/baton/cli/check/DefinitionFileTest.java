package dev.baton.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.compiler.gate.GatePolicy;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Definitions where people keep them.
class DefinitionFileTest {
    private static List<String> findings(String file, String text) {
        return DefinitionFile.read(file, text).stream()
                .flatMap(definition -> definition.findings(GatePolicy.DEFAULT).stream())
                .filter(Diagnostic::isError)
                .map(finding -> finding.code() + " at " + finding.location())
                .toList();
    }

    @Test
    void a_placeholder_for_a_whole_value_may_be_of_any_type() {
        assertThat(findings("m.asl.json", """
                        {"StartAt": "W", "States": {
                          "W": {"Type": "Wait", "Seconds": "${Seconds}", "Next": "M"},
                          "M": {"Type": "Map", "MaxConcurrency": ${max_concurrency}, "Next": "L",
                                "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}},
                          "L": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                                "Retry": ${jsonencode(retriers)}, "TimeoutSeconds": "${Timeout}",
                                "Parameters": {"FunctionName": "${Function}:$LATEST", "Payload": {"a": "x ${b} y"}}}}}
                        """)).isEmpty();
    }

    @Test
    void what_stands_beside_placeholders_is_checked_all_the_same() {
        assertThat(findings("m.asl.json", """
                        {"StartAt": "W", "States": {
                          "W": {"Type": "Wait", "Seconds": "${Seconds} s", "Next": "Gone"}}}
                        """)).containsExactly(
                        "ASL008 at m.asl.json:2:25 /States/W/Seconds",
                        "ASL017 at m.asl.json:2:52 /States/W/Next",
                        "ASL019 at m.asl.json:1:1");
    }

    @Test
    void a_definition_may_be_yaml() {
        assertThat(findings("m.asl.yaml", """
                        StartAt: W
                        States:
                          W:
                            Type: Wait
                            Seconds: 5
                            Next: Gone
                        """)).containsExactly("ASL017 at m.asl.yaml:6:5 /States/W/Next", "ASL019 at m.asl.yaml:1:1");
    }

    @Test
    void templates_of_cloudformation_and_sam_hold_definitions_in_several_forms() {
        assertThat(findings("template.yaml", """
                        AWSTemplateFormatVersion: 2010-09-09
                        Resources:
                          Bucket:
                            Type: AWS::S3::Bucket
                          Inline:
                            Type: AWS::Serverless::StateMachine
                            Properties:
                              Definition:
                                StartAt: T
                                States:
                                  T:
                                    Type: Task
                                    Resource: !GetAtt Function.Arn
                                    TimeoutSeconds: !Ref Timeout
                                    Next: Gone
                          Text:
                            Type: AWS::StepFunctions::StateMachine
                            Properties:
                              DefinitionString: !Sub |
                                {"StartAt": "P", "States": {"P": {"Type": "Pass", "Nxt": "${P}", "End": true}}}
                          Joined:
                            Type: AWS::StepFunctions::StateMachine
                            Properties:
                              DefinitionString:
                                Fn::Join: ["", ['{"StartAt": "P", "States": {"P": {"Type": "Task", "Resource": "', !GetAtt F.Arn, '"}}}']]
                          Elsewhere:
                            Type: AWS::Serverless::StateMachine
                            Properties:
                              DefinitionUri: m.asl.json
                        """)).containsExactly(
                        "ASL017 at template.yaml:15:13 /Resources/Inline/Properties/Definition/States/T/Next",
                        "ASL019 at template.yaml:9:9 /Resources/Inline/Properties/Definition",
                        "ASL006 at template.yaml:19:25 /Resources/Text/Properties/DefinitionString/States/P/Nxt",
                        "ASL012 at template.yaml:25:9 /Resources/Joined/Properties/DefinitionString/States/P",
                        "ASL019 at template.yaml:25:9 /Resources/Joined/Properties/DefinitionString");
        assertThat(findings("template.json", """
                        {"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                          "DefinitionString": {"Fn::Sub": "{\\"StartAt\\": \\"Gone\\", \\"States\\": {}}"}}}}}
                        """)).isNotEmpty().allMatch(finding -> finding.contains("/Resources/M/Properties/DefinitionString"));
    }

    @Test
    void a_text_that_is_neither_and_a_template_without_a_machine_are_said_to_be() {
        assertThatThrownBy(() -> findings("m.yaml", "a: [1\nb: 2"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("CLI065 at m.yaml:2:");
        assertThatThrownBy(() -> findings("m.yaml", "")).hasMessageContaining("CLI065 at m.yaml:1:1");
        assertThatThrownBy(() -> findings("m.json", "{")).hasMessageContaining("ASL001");
        assertThatThrownBy(() -> findings("t.yaml", "Resources: {B: {Type: AWS::S3::Bucket}}"))
                .hasMessageContaining("CLI066 at t.yaml");
    }
}
