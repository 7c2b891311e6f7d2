package dev.baton.task.template;

/// A problem of a template, without its place.
///
/// @param code TSK010 to TSK015
/// @param message one sentence without its final stop
/// @param remedy one imperative sentence without its final stop
public record TemplateProblem(String code, String message, String remedy) {}
