/* The read and check functions of the component table: what the files of this folder offer to
 * component_table.c. Each pair is explained where it is defined. */
#ifndef RP_COMPONENTS_COMPONENTS_H
#define RP_COMPONENTS_COMPONENTS_H

#include "validate/evaluation.h"

typedef RpStatus RpComponentRead(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                                 bool *is_void);
typedef RpStatus RpComponentCheck(RpEvaluation *evaluation, const RpCheck *check);

/* read_operand.c: readers that several components share, and the parts of them. */
RpStatus rp_read_add_term(RpParameters *parameters, RpConstraint *constraint, RpTermId term);
RpStatus rp_read_add_terms(RpParameters *parameters, RpConstraint *constraint, RpTermId *terms,
                           uint32_t count);
RpStatus rp_read_add_shape(RpParameters *parameters, RpConstraint *constraint, RpTermId node,
                           bool must_be_property);
bool rp_read_is_literal_of(const RpParameters *parameters, RpTermId value, RpVocabulary datatype);
RpStatus rp_read_switch(RpParameters *parameters, RpTermId value, bool *is_on);
RpComponentRead rp_read_term;
RpComponentRead rp_read_iri;
RpComponentRead rp_read_literal;
RpComponentRead rp_read_count;
RpComponentRead rp_read_term_list;
RpComponentRead rp_read_shape_list;

/* cardinality.c */
RpComponentCheck rp_check_min_count;
RpComponentCheck rp_check_max_count;

/* value_type.c */
RpComponentRead rp_read_node_kind;
RpComponentCheck rp_check_class;
RpComponentCheck rp_check_datatype;
RpComponentCheck rp_check_node_kind;

/* value_range.c */
RpComponentCheck rp_check_min_inclusive;
RpComponentCheck rp_check_max_inclusive;
RpComponentCheck rp_check_min_exclusive;
RpComponentCheck rp_check_max_exclusive;

/* string.c */
RpComponentRead rp_read_pattern;
RpComponentCheck rp_check_min_length;
RpComponentCheck rp_check_max_length;
RpComponentCheck rp_check_pattern;

/* language.c */
RpComponentRead rp_read_language_in;
RpComponentRead rp_read_unique_lang;
RpComponentCheck rp_check_language_in;
RpComponentCheck rp_check_unique_lang;

/* property_pair.c */
RpComponentCheck rp_check_equals;
RpComponentCheck rp_check_disjoint;
RpComponentCheck rp_check_less_than;
RpComponentCheck rp_check_less_than_or_equals;

/* logical.c */
RpComponentRead rp_read_not;
RpComponentCheck rp_check_and;
RpComponentCheck rp_check_or;
RpComponentCheck rp_check_not;
RpComponentCheck rp_check_xone;

/* shape_based.c */
RpComponentRead rp_read_node;
RpComponentRead rp_read_property;
RpComponentRead rp_read_qualified;
RpComponentCheck rp_check_node;
RpComponentCheck rp_check_property;
RpComponentCheck rp_check_qualified_min_count;
RpComponentCheck rp_check_qualified_max_count;

/* other.c */
RpComponentRead rp_read_closed;
RpComponentCheck rp_check_closed;
RpComponentCheck rp_check_has_value;
RpComponentCheck rp_check_in;

/* sparql.c */
RpComponentRead rp_read_sparql;
RpComponentCheck rp_check_query;

#endif
