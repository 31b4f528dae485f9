/*
 * Every constraint component, one entry each. The position of an entry is its id in images: new
 * entries go to the end.
 *
 * Placeholders of the messages are explained at rp_message_write (validate/message.h).
 */
#include "components/components.h"

#define COMPONENT(name, parameter_name, flag_set, operand_kinds, type, read_function, \
                  check_function, message_text, ...)                                  \
    {                                                                                 \
        .iri = RP_VOCABULARY_sh_##name##ConstraintComponent,                          \
        .parameter = RP_VOCABULARY_sh_##parameter_name, .others = {__VA_ARGS__},      \
        .flags = (flag_set), .operands = (operand_kinds), .violation_type = (type),   \
        .message = (message_text), .read = (read_function), .check = (check_function) \
    }

#define NO_OTHERS RP_VOCABULARY_NONE

const RpComponent rp_component_table[] = {
    COMPONENT(MinCount, minCount,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_SINGLE | RP_COMPONENT_BY_FEWER, "i",
              "MIN_COUNT_VIOLATION", rp_read_count, rp_check_min_count,
              "has {values} for {path}, at least {operand} {is} needed", NO_OTHERS),
    COMPONENT(MaxCount, maxCount,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "i",
              "MAX_COUNT_VIOLATION", rp_read_count, rp_check_max_count,
              "has {values} for {path}, at most {operand} {is} allowed", NO_OTHERS),
    COMPONENT(Datatype, datatype, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "DATATYPE_MISMATCH", rp_read_iri, rp_check_datatype, "{what} is {mismatch}",
              NO_OTHERS),
    COMPONENT(NodeKind, nodeKind, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "NODE_KIND_VIOLATION", rp_read_node_kind, rp_check_node_kind, "{what} is not {kind}",
              NO_OTHERS),
    COMPONENT(Class, class, RP_COMPONENT_READS_TYPES | RP_COMPONENT_BY_MORE, "t", "CLASS_VIOLATION",
              rp_read_iri, rp_check_class, "{what} is not an instance of {operand}{nearest}",
              NO_OTHERS),
    COMPONENT(HasValue, hasValue, RP_COMPONENT_BY_FEWER, "t", "HAS_VALUE_VIOLATION", rp_read_term,
              rp_check_has_value, "lacks the value {operand} for {path}|{focus} is not {operand}",
              NO_OTHERS),
    COMPONENT(In, in, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "T", "IN_VIOLATION",
              rp_read_term_list, rp_check_in, "{what} is not one of ({operand})", NO_OTHERS),
    COMPONENT(MinLength, minLength, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "i",
              "MIN_LENGTH_VIOLATION", rp_read_count, rp_check_min_length,
              "{what} is shorter than {operand} {characters}", NO_OTHERS),
    COMPONENT(MaxLength, maxLength, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "i",
              "MAX_LENGTH_VIOLATION", rp_read_count, rp_check_max_length,
              "{what} is longer than {operand} {characters}", NO_OTHERS),
    COMPONENT(Pattern, pattern, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "ttt",
              "PATTERN_VIOLATION", rp_read_pattern, rp_check_pattern,
              "{what} does not match the pattern {operand}", RP_VOCABULARY_sh_flags),
    COMPONENT(MinInclusive, minInclusive, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "MIN_VALUE_VIOLATION", rp_read_literal, rp_check_min_inclusive,
              "{what} is not at least {operand}", NO_OTHERS),
    COMPONENT(MaxInclusive, maxInclusive, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "MAX_VALUE_VIOLATION", rp_read_literal, rp_check_max_inclusive,
              "{what} is not at most {operand}", NO_OTHERS),
    COMPONENT(MinExclusive, minExclusive, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "MIN_VALUE_VIOLATION", rp_read_literal, rp_check_min_exclusive,
              "{what} is not greater than {operand}", NO_OTHERS),
    COMPONENT(MaxExclusive, maxExclusive, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "t",
              "MAX_VALUE_VIOLATION", rp_read_literal, rp_check_max_exclusive,
              "{what} is not less than {operand}", NO_OTHERS),
    COMPONENT(Node, node, RP_COMPONENT_HAS_DETAILS | RP_COMPONENT_BY_MORE, "s", "NODE_VIOLATION",
              rp_read_node, rp_check_node, "{what} does not conform to {operand}{reasons}",
              NO_OTHERS),
    COMPONENT(Property, property, RP_COMPONENT_BY_MORE | RP_COMPONENT_PASSES_ON, "s",
              "PROPERTY_VIOLATION", rp_read_property, rp_check_property,
              "{what} does not conform to {operand}{reasons}", NO_OTHERS),
    COMPONENT(And, and, RP_COMPONENT_HAS_DETAILS | RP_COMPONENT_BY_MORE, "s*", "AND_VIOLATION",
              rp_read_shape_list, rp_check_and,
              "{what} does not conform to all shapes of sh:and{reasons}", NO_OTHERS),
    COMPONENT(Or, or, RP_COMPONENT_HAS_DETAILS | RP_COMPONENT_BY_MORE, "s*", "OR_VIOLATION",
              rp_read_shape_list, rp_check_or,
              "{what} conforms to none of the shapes of sh:or{reasons}", NO_OTHERS),
    COMPONENT(Not, not, RP_COMPONENT_BY_MORE, "s", "NOT_VIOLATION", rp_read_not, rp_check_not,
              "{what} conforms to {operand}, and must not", NO_OTHERS),
    COMPONENT(Xone, xone, RP_COMPONENT_HAS_DETAILS | RP_COMPONENT_BY_MORE, "s*", "XONE_VIOLATION",
              rp_read_shape_list, rp_check_xone,
              "{what} conforms to {count} of the shapes of sh:xone instead of exactly 1{reasons}",
              NO_OTHERS),
    COMPONENT(QualifiedMinCount, qualifiedMinCount,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_SINGLE | RP_COMPONENT_BY_FEWER |
                  RP_COMPONENT_QUALIFIED_DETAILS,
              "iss*", "QUALIFIED_MIN_COUNT_VIOLATION", rp_read_qualified,
              rp_check_qualified_min_count,
              "has {values} for {path} conforming to {qualified}, at least {operand} {is} needed",
              RP_VOCABULARY_sh_qualifiedValueShape, RP_VOCABULARY_sh_qualifiedValueShapesDisjoint),
    COMPONENT(QualifiedMaxCount, qualifiedMaxCount,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "iss*",
              "QUALIFIED_MAX_COUNT_VIOLATION", rp_read_qualified, rp_check_qualified_max_count,
              "has {values} for {path} conforming to {qualified}, at most {operand} {is} allowed",
              RP_VOCABULARY_sh_qualifiedValueShape, RP_VOCABULARY_sh_qualifiedValueShapesDisjoint),
    COMPONENT(Closed, closed, RP_COMPONENT_SINGLE | RP_COMPONENT_READS_ALL | RP_COMPONENT_BY_MORE,
              "T", "CLOSED_VIOLATION", rp_read_closed, rp_check_closed,
              "has the value {value} for {path}, a property that its closed shape does not allow",
              RP_VOCABULARY_sh_ignoredProperties),
    COMPONENT(
        Equals, equals, RP_COMPONENT_READS_OPERAND, "t", "EQUALS_VIOLATION", rp_read_iri,
        rp_check_equals,
        "{value} is a value of only one of {path} and {operand}, which must have the same values|"
        "the only value of {operand} must be {focus}",
        NO_OTHERS),
    COMPONENT(Disjoint, disjoint, RP_COMPONENT_READS_OPERAND | RP_COMPONENT_BY_MORE, "t",
              "DISJOINT_VIOLATION", rp_read_iri, rp_check_disjoint,
              "{what} is also a value of {operand}, and must not be", NO_OTHERS),
    COMPONENT(LessThan, lessThan,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_READS_OPERAND | RP_COMPONENT_BY_MORE, "t",
              "LESS_THAN_VIOLATION", rp_read_iri, rp_check_less_than,
              "{what} is not less than every value of {operand}", NO_OTHERS),
    COMPONENT(LessThanOrEquals, lessThanOrEquals,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_READS_OPERAND | RP_COMPONENT_BY_MORE, "t",
              "LESS_THAN_OR_EQUALS_VIOLATION", rp_read_iri, rp_check_less_than_or_equals,
              "{what} is not less than or equal to every value of {operand}", NO_OTHERS),
    COMPONENT(LanguageIn, languageIn, RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "T",
              "LANGUAGE_IN_VIOLATION", rp_read_language_in, rp_check_language_in,
              "{what} is in none of the languages ({operand})", NO_OTHERS),
    COMPONENT(UniqueLang, uniqueLang,
              RP_COMPONENT_PROPERTY_ONLY | RP_COMPONENT_SINGLE | RP_COMPONENT_BY_MORE, "",
              "UNIQUE_LANG_VIOLATION", rp_read_unique_lang, rp_check_unique_lang,
              "has {values} for {path} in one language, at most 1 is allowed", NO_OTHERS),
    COMPONENT(SPARQL, sparql, RP_COMPONENT_ASKS_QUERY, "qtT", "SPARQL_VIOLATION", rp_read_sparql,
              rp_check_query, "{what} violates the SPARQL constraint {name}", NO_OTHERS),
    [RP_COMPONENT_DECLARED] = {.iri = RP_VOCABULARY_sh_ConstraintComponent,
                               .flags = RP_COMPONENT_ASKS_QUERY,
                               .operands = "qtTt*",
                               .violation_type = "SPARQL_VIOLATION",
                               .message = "{what} violates a constraint of {name}",
                               .check = rp_check_query},
};

const uint32_t rp_component_count = sizeof(rp_component_table) / sizeof(rp_component_table[0]);
