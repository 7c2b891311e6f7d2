/// Where pipelines are put: the environments of a project, read from one file.
@NullMarked
package dev.baton.compiler.environment;

import org.jspecify.annotations.NullMarked;
