package dev.baton.cli.proposal;

import dev.baton.compiler.gate.LookalikeNames;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;

/// The wording of findings about proposals.
final class ProposalFindings {
    private static final int SHOWN = 120;

    private ProposalFindings() {}

    static Diagnostic bounds(String there, String may) {
        return Diagnostic.error(
                "CLI165",
                Location.named("the proposal"),
                "has " + there + ", and may have " + may,
                "propose one change at a time");
    }

    static Diagnostic path(String path) {
        return Diagnostic.error(
                "CLI165",
                Location.named("the proposal"),
                "has a file " + shown(path) + ", whose path is not one within statemachines",
                "name files as they lie there, such as weather/definition.asl.json");
    }

    static Diagnostic link(String path) {
        return Diagnostic.error(
                "CLI165",
                Location.named(path),
                "is a link, which may lead to anything",
                "propose the file that it leads to");
    }

    static Diagnostic rules(String path) {
        return Diagnostic.error(
                "CLI166",
                Location.named(path),
                "says how proposals are judged, what was accepted, or where pipelines are deployed: a proposal does not"
                        + " change that",
                "leave the file out; a person changes it, in a review of its own");
    }

    static Diagnostic unknown(String path) {
        return Diagnostic.error(
                "CLI166",
                Location.named(path),
                "is neither a definition nor a policy, so that nothing here can judge it",
                "leave the file out, or have a person review it");
    }

    static Diagnostic wider(String path, String line) {
        return Diagnostic.error(
                "CLI167",
                Location.named(path),
                "somebody may do more than before: " + shown(line),
                "propose less; or a person accepts the line in statemachines/accepted-access.txt, with a reason");
    }

    static Diagnostic member(String path, String member) {
        return Diagnostic.error(
                "CLI168",
                Location.named(path),
                "says " + shown(member) + " of a role, of which only policy, trust, boundary and tags are known",
                "leave it out: what a role is besides is decided in the code of the compiler");
    }

    static Diagnostic tags(String path) {
        return Diagnostic.error(
                "CLI167",
                Location.named(path),
                "has other tags than the role has now, and buckets decide by them who may write",
                "leave the tags as they are; baton synth writes those that follow from the tasks");
    }

    static Diagnostic malformed(String path, String why) {
        return Diagnostic.error(
                "CLI168", Location.named(path), "is not a policy: " + shown(why), "write it as baton synth does");
    }

    static Diagnostic repeated(Location place, String member) {
        return Diagnostic.error(
                "CLI169",
                place,
                "the member " + shown(member) + " stands twice: readers differ in which one counts",
                "let it stand once");
    }

    static Diagnostic hidden(String path, String text) {
        return Diagnostic.error(
                "CLI169",
                Location.named(path),
                "the text " + shown(text) + " is not what it looks like",
                "write it in the letters of one alphabet, as they are seen");
    }

    static String shown(String text) {
        var shown = LookalikeNames.shown(text);
        return shown.length() <= SHOWN * 4 ? shown : shown.substring(0, SHOWN * 4) + "…";
    }
}
