package dev.baton.local;

import java.util.List;
import java.util.stream.Stream;

/// What the actions of STS and IAM ask leave for.
class IdentityEnforcementTest extends EnforcementTable {

    static Stream<Row> rows() {
        return Stream.of(stsRows(), iamRows()).flatMap(List::stream);
    }

    static List<Row> stsRows() {
        var role = "arn:aws:iam::000000000000:role/baton/clean";
        var keys = " sts:RoleSessionName=[one] sts:SourceIdentity=[ann] sts:ExternalId=[ex]"
                + " sts:TransitiveTagKeys=[team] aws:RequestTag/team=[blue] aws:TagKeys=[team] iam:ResourceTag/team=[red]";
        return List.of(
                Row.of("GetCallerIdentity", t -> t.sts.getCallerIdentity()),
                Row.of(
                        "AssumeRole",
                        t -> t.sts.assumeRole(r -> r.roleArn(role).roleSessionName("one")),
                        "sts:AssumeRole " + role + " sts:RoleSessionName=[one] iam:ResourceTag/team=[red]"),
                Row.of(
                        "AssumeRole with tags and source identity",
                        t -> t.sts.assumeRole(r -> r.roleArn(role)
                                .roleSessionName("one")
                                .externalId("ex")
                                .sourceIdentity("ann")
                                .transitiveTagKeys("team")
                                .tags(g -> g.key("team").value("blue"))),
                        "sts:AssumeRole " + role + keys,
                        "sts:TagSession " + role + keys,
                        "sts:SetSourceIdentity " + role + keys));
    }

    static List<Row> iamRows() {
        var role = "arn:aws:iam::000000000000:role/baton/clean";
        var there = " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:ResourceTag/team=[red]";
        return List.of(
                Row.of(
                        "CreateRole",
                        t -> t.iam.createRole(
                                r -> r.roleName("made").path("/baton/").assumeRolePolicyDocument(TRUST)),
                        "iam:CreateRole arn:aws:iam::000000000000:role/baton/made"),
                Row.of(
                        "CreateRole with boundary and tags",
                        t -> t.iam.createRole(r -> r.roleName("tagged")
                                .assumeRolePolicyDocument(TRUST)
                                .permissionsBoundary(BOUNDARY)
                                .tags(g -> g.key("team").value("blue"))),
                        "iam:CreateRole arn:aws:iam::000000000000:role/tagged aws:RequestTag/team=[blue] aws:TagKeys=[team]"
                                + " iam:PermissionsBoundary=[" + BOUNDARY + "]",
                        "iam:TagRole arn:aws:iam::000000000000:role/tagged aws:RequestTag/team=[blue] aws:TagKeys=[team]"),
                Row.of("GetRole", t -> t.iam.getRole(r -> r.roleName("clean")), "iam:GetRole " + role + there),
                Row.of(
                        "GetRole of one that is not there",
                        t -> t.iam.getRole(r -> r.roleName("none")),
                        "iam:GetRole arn:aws:iam::000000000000:role/none"),
                Row.of(
                        "ListRoles",
                        t -> t.iam.listRoles(r -> r.pathPrefix("/baton/")),
                        "iam:ListRoles arn:aws:iam::000000000000:role/baton/"),
                Row.of(
                        "PutRolePolicy",
                        t -> t.iam.putRolePolicy(
                                r -> r.roleName("clean").policyName("p").policyDocument(POLICY)),
                        "iam:PutRolePolicy " + role + there),
                Row.of(
                        "GetRolePolicy",
                        t -> t.iam.getRolePolicy(r -> r.roleName("clean").policyName("p")),
                        "iam:GetRolePolicy " + role + there),
                Row.of(
                        "DeleteRolePolicy",
                        t -> t.iam.deleteRolePolicy(r -> r.roleName("clean").policyName("p")),
                        "iam:DeleteRolePolicy " + role + there),
                Row.of(
                        "AttachRolePolicy",
                        t -> t.iam.attachRolePolicy(r -> r.roleName("clean").policyArn(BOUNDARY)),
                        "iam:AttachRolePolicy " + role + " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:PolicyARN=["
                                + BOUNDARY + "] iam:ResourceTag/team=[red]"),
                Row.of(
                        "DetachRolePolicy",
                        t -> t.iam.detachRolePolicy(r -> r.roleName("clean").policyArn(BOUNDARY)),
                        "iam:DetachRolePolicy " + role + " iam:PermissionsBoundary=[" + BOUNDARY + "] iam:PolicyARN=["
                                + BOUNDARY + "] iam:ResourceTag/team=[red]"),
                Row.of(
                        "PutRolePermissionsBoundary",
                        t -> t.iam.putRolePermissionsBoundary(
                                r -> r.roleName("clean").permissionsBoundary("arn:aws:iam::000000000000:policy/none")),
                        "iam:PutRolePermissionsBoundary " + role
                                + " iam:PermissionsBoundary=[arn:aws:iam::000000000000:policy/none]"
                                + " iam:ResourceTag/team=[red]"),
                Row.of(
                        "UpdateAssumeRolePolicy",
                        t -> t.iam.updateAssumeRolePolicy(
                                r -> r.roleName("clean").policyDocument(TRUST)),
                        "iam:UpdateAssumeRolePolicy " + role + there),
                Row.of(
                        "TagRole",
                        t -> t.iam.tagRole(
                                r -> r.roleName("clean").tags(g -> g.key("team").value("red"))),
                        "iam:TagRole " + role + " aws:RequestTag/team=[red] aws:TagKeys=[team]" + there),
                Row.of(
                        "DeleteRole",
                        t -> t.iam.deleteRole(r -> r.roleName("made")),
                        "iam:DeleteRole arn:aws:iam::000000000000:role/baton/made"),
                Row.of(
                        "CreatePolicy",
                        t -> t.iam.createPolicy(
                                r -> r.policyName("p").path("/baton/").policyDocument(POLICY)),
                        "iam:CreatePolicy arn:aws:iam::000000000000:policy/baton/p"),
                Row.of("GetPolicy", t -> t.iam.getPolicy(r -> r.policyArn(BOUNDARY)), "iam:GetPolicy " + BOUNDARY),
                Row.of(
                        "CreateUser",
                        t -> t.iam.createUser(r -> r.userName("bob")),
                        "iam:CreateUser arn:aws:iam::000000000000:user/bob"),
                Row.of(
                        "CreateAccessKey",
                        t -> t.iam.createAccessKey(r -> r.userName("ann")),
                        "iam:CreateAccessKey arn:aws:iam::000000000000:user/ann"),
                Row.of(
                        "PutUserPolicy",
                        t -> t.iam.putUserPolicy(
                                r -> r.userName("ann").policyName("p").policyDocument(POLICY)),
                        "iam:PutUserPolicy arn:aws:iam::000000000000:user/ann"),
                Row.of(
                        "CreateOpenIDConnectProvider",
                        t -> t.iam.createOpenIDConnectProvider(
                                r -> r.url("https://issuer.example").clientIDList("c")),
                        "iam:CreateOpenIDConnectProvider arn:aws:iam::000000000000:oidc-provider/issuer.example"),
                Row.of(
                        "SimulatePrincipalPolicy",
                        t -> t.iam.simulatePrincipalPolicy(
                                r -> r.policySourceArn(role).actionNames("s3:GetObject")),
                        "iam:SimulatePrincipalPolicy " + role));
    }
}
