package dev.baton.local.iam.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PolicyParserTest {
    private record Bad(PolicyKind kind, String json, String code, String answer) {}

    private static final List<Bad> BAD = List.of(
            new Bad(PolicyKind.IDENTITY, "{", "IAM001", "This policy contains invalid Json"),
            new Bad(PolicyKind.IDENTITY, "[]", "IAM002", "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Permit','Action':'s3:*','Resource':'*'"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'effect':'Allow','Effect':'Allow','Action':'s3:*','Resource':'*'"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':[]"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Principal':'*','Action':[]"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*',"
                            + "'Condition':{'Bool':{'aws:SecureTransport':'true'}},'Condition':{}"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*',"
                            + "'Condition':{'StringLike':{'s3:prefix':'a'},'StringLike':{'s3:prefix':'b'}}"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'allow','Action':'s3:*','Resource':'*'"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*','NotResource':'arn:aws:s3:::b'"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(PolicyKind.IDENTITY, "{\"Version\":\"2012-10-17\"}", "IAM003", "Missing required field Statement"),
            new Bad(
                    PolicyKind.IDENTITY,
                    "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
                    "IAM003",
                    "Missing required field Statement"),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':[],'Resource':'*'"),
                    "IAM003",
                    "Policy statement must contain actions."),
            new Bad(
                    PolicyKind.SESSION,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':[]"),
                    "IAM003",
                    "Policy statement must contain resources."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*'"),
                    "IAM002",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Action':'s3:*','Resource':'*'"),
                    "IAM003",
                    "Missing required field Effect"),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Resource':'*'"),
                    "IAM003",
                    "Policy statement must contain actions."),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Principal':'*'"),
                    "IAM003",
                    "Missing required field Action"),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*'"),
                    "IAM003",
                    "Policy statement must contain resources."),
            new Bad(
                    PolicyKind.RESOURCE,
                    statement("'Effect':'Allow','Principal':'*','Action':'s3:*'"),
                    "IAM003",
                    "Missing required field Resource"),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Action':'sts:AssumeRole'"),
                    "IAM003",
                    "Missing required field Principal"),
            new Bad(
                    PolicyKind.RESOURCE,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*'"),
                    "IAM003",
                    "Missing required field Principal"),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'"),
                    "IAM004",
                    "Policy document should not specify a principal."),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Resource':'*'"),
                    "IAM004",
                    "Has prohibited field Resource"),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Deny','NotPrincipal':{'AWS':'111122223333'},'Action':'sts:AssumeRole'"),
                    "IAM004",
                    "Has prohibited field NotPrincipal"),
            new Bad(
                    PolicyKind.RESOURCE,
                    statement("'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*'"),
                    "IAM004",
                    "Allow with NotPrincipal is not allowed."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'GetObject','Resource':'*'"),
                    "IAM005",
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'bucket/*'"),
                    "IAM006",
                    "Resource bucket/* must be in ARN format or \"*\"."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':''"),
                    "IAM006",
                    "Resource  must be in ARN format or \"*\"."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:bucket'"),
                    "IAM006",
                    "Resource arn:aws:s3:bucket must be in ARN format or \"*\"."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'arn::s3:::bucket'"),
                    "IAM006",
                    "Partition \"\" is not valid for resource \"arn::s3:::bucket\"."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'arn:${ARN_PARTITION}:s3:::bucket'"),
                    "IAM006",
                    "Partition \"${ARN_PARTITION}\" is not valid for resource \"arn:${ARN_PARTITION}:s3:::bucket\"."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'iam:GetRole','Resource':'arn:aws:iam:eu-west-1:111122223333:role/r'"),
                    "IAM006",
                    "IAM resource arn:aws:iam:eu-west-1:111122223333:role/r cannot contain region information."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'StringIs':{'aws:x':'y'}}"),
                    "IAM007",
                    "Invalid Condition type : StringIs."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'NullIfExists':{'aws:x':'true'}}"),
                    "IAM007",
                    "Invalid Condition type : NullIfExists."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.256'}}"),
                    "IAM008",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/33'}}"),
                    "IAM008",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'DateLessThan':{'aws:CurrentTime':'tomorrow'}}"),
                    "IAM008",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'yes'}}"),
                    "IAM008",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement(
                            "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'NumericEquals':{'aws:x':'y'}}"),
                    "IAM008",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.TRUST,
                    statement(
                            "'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/*'},'Action':'sts:AssumeRole'"),
                    "IAM009",
                    "Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:role/*\""),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Principal':{'Service':'lambda'},'Action':'sts:AssumeRole'"),
                    "IAM009",
                    "Invalid principal in policy: \"Service\":\"lambda\""),
            new Bad(
                    PolicyKind.IDENTITY,
                    statement("'Sid':'a b','Effect':'Allow','Action':'s3:*','Resource':'*'"),
                    "IAM010",
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"),
            new Bad(
                    PolicyKind.TRUST,
                    statement("'Effect':'Allow','Principal':'*','Action':'s3:GetObject'"),
                    "IAM011",
                    "AssumeRole policy may only specify STS AssumeRole actions."),
            new Bad(
                    PolicyKind.IDENTITY,
                    "{\"Version\":\"2026-11-22\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
                    "IAM012",
                    "Syntax errors in policy."),
            new Bad(
                    PolicyKind.MANAGED,
                    "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
                    "IAM012",
                    "Policy document must be version 2012-10-17 or greater."),
            new Bad(
                    PolicyKind.MANAGED,
                    "{\"Version\":\"2008-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
                    "IAM012",
                    "Policy document must be version 2012-10-17 or greater."));

    @Test
    void every_fault_has_its_code_and_aws_s_answer() {
        for (var bad : BAD) {
            var thrown = catchThrowableOfType(MalformedPolicy.class, () -> Policy.parse(bad.kind(), "p", bad.json()));
            assertThat(thrown).as(bad.json()).isNotNull();
            assertThat(thrown.findings())
                    .as(bad.json())
                    .extracting(Diagnostic::code)
                    .containsExactly(bad.code());
            assertThat(thrown).hasMessage(bad.answer());
        }
    }

    @Test
    void a_policy_without_statements_grants_nothing_where_it_is_read_leniently() {
        var empty = Policy.parse("p", "{\"Version\":\"2012-10-17\",\"Statement\":[]}");
        assertThat(empty.actions()).isEmpty();
    }

    @Test
    void all_faults_are_found_at_once() {
        var thrown = catchThrowableOfType(MalformedPolicy.class, () -> Policy.parse(PolicyKind.IDENTITY, "p", """
                {"Version":"2012-10-17","Statement":[
                  {"Sid":"A","Effect":"Allow","Action":"nothing","Resource":"here"},
                  {"Sid":"A","Effect":"Maybe","Action":"s3:*"}]}"""));
        assertThat(thrown.findings())
                .extracting(Diagnostic::code)
                .containsExactlyInAnyOrder("IAM005", "IAM006", "IAM010", "IAM002", "IAM003");
        assertThat(thrown.findings().getFirst().location()).hasToString("p /Statement/0/Action");
    }

    @Test
    void a_good_policy_of_every_kind_is_read() {
        Policy.parse(PolicyKind.IDENTITY, "p", statement("'Effect':'Allow','Action':['s3:*'],'Resource':['*']"));
        Policy.parse(
                PolicyKind.TRUST,
                "p",
                statement(
                        "'Effect':'Allow','Principal':{'Service':['lambda.amazonaws.com','states.amazonaws.com']},'Action':'sts:AssumeRole'"));
        Policy.parse(
                PolicyKind.RESOURCE,
                "p",
                statement(
                        "'Sid':'with blanks','Effect':'Deny','NotPrincipal':{'AWS':'111122223333'},'NotAction':'s3:Get*','NotResource':'arn:aws:s3:::b'"));
        Policy.parse(
                PolicyKind.SESSION,
                "p",
                statement(
                        "'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':true},'NumericLessThan':{'s3:max-keys':10}}"));
        assertThatThrownBy(() -> Policy.parse(PolicyKind.IDENTITY, "p", "")).isInstanceOf(MalformedPolicy.class);
    }

    @Test
    void codes_and_pages_are_the_same() throws IOException {
        var used = new TreeSet<String>();
        BAD.forEach(bad -> used.add(bad.code()));
        var pages = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(Path.of("main/resources", Explanations.FOLDER), "IAM*.md")) {
            files.forEach(page -> pages.add(page.getFileName().toString().replace(".md", "")));
        }
        assertThat(pages).isEqualTo(used);
        assertThat(pages)
                .allSatisfy(
                        code -> assertThat(Explanations.of(code).orElseThrow()).startsWith("# " + code + ": "));
    }

    private static String statement(String members) {
        return ("{'Version':'2012-10-17','Statement':[{" + members + "}]}").replace('\'', '"');
    }
}
