/// A definition as it stands in a text, with places: what the checks, the reader of the model and the rules of teams
/// share.
@NullMarked
package dev.baton.asl.text;

import org.jspecify.annotations.NullMarked;
