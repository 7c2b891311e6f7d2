package dev.baton.task.template;

/// What is wrong with a template, without where.
///
/// @param code TSK010 to TSK015
/// @param message one sentence without its final stop
/// @param remedy one imperative sentence without its final stop
public record TemplateProblem(String code, String message, String remedy) {}
