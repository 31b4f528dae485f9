/* The list of SHACL's terms, and what it is made from. */
#include "host.h"
#include "shacl/capability.h"
#include "shapes_of.h"

static const RpCapability *
capability_of(const RpCapability *capabilities, uint32_t count, const char *local)
{
    for (uint32_t i = 0; i < count; i++) {
        RpText iri = capabilities[i].iri;

        if (rp_text_starts_with(iri, RP_TEXT(RP_SH)) &&
            iri.length == sizeof RP_SH - 1 + strlen(local) &&
            memcmp(iri.data + sizeof RP_SH - 1, local, strlen(local)) == 0) {
            return &capabilities[i];
        }
    }
    return NULL;
}

static void
check_status(const RpCapability *capabilities, uint32_t count, const char *local,
             RpCapabilityStatus status)
{
    const RpCapability *capability = capability_of(capabilities, count, local);

    if (CHECK(capability != NULL)) {
        CHECK_INT(capability->status, status);
    }
}

RP_TEST(capabilities_are_listed_once)
{
    RpArena arena;
    RpError error;
    RpCapability *capabilities;
    uint32_t count;

    rp_arena_init(&arena, &rp_test_host, 1 << 20);
    CHECK_STATUS(rp_capabilities_list(&arena, &capabilities, &count, &error), RP_OK);
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            CHECK(!rp_text_equals(capabilities[i].iri, capabilities[j].iri));
        }
        CHECK(capabilities[i].note.length > 0);
    }
    check_status(capabilities, count, "minCount", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "flags", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "qualifiedValueShape", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "XoneConstraintComponent", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "PatternConstraintComponent-flags", RP_CAPABILITY_IGNORED);
    check_status(capabilities, count, "name", RP_CAPABILITY_IGNORED);
    check_status(capabilities, count, "sparql", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "select", RP_CAPABILITY_ENFORCED);
    check_status(capabilities, count, "js", RP_CAPABILITY_SHAPE);
    check_status(capabilities, count, "construct", RP_CAPABILITY_PART);
    check_status(capabilities, count, "rule", RP_CAPABILITY_NOT_RUN);
    check_status(capabilities, count, "entailment", RP_CAPABILITY_REFUSED);
    rp_arena_free(&arena);
}

/* A term is looked up in the place where it stands. */
RP_TEST(capabilities_know_the_use)
{
    CHECK_INT(rp_capability_of(RP_TEXT(RP_SH "NodeShape"), RP_TERM_IS_CLASS),
              RP_CAPABILITY_ENFORCED);
    CHECK_INT(rp_capability_of(RP_TEXT(RP_SH "NodeShape"), RP_TERM_IS_PREDICATE),
              RP_CAPABILITY_UNLISTED);
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:NodeShape ex:x .", "sh:NodeShape");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape, sh:name .", "sh:name");
    CHECK_UNSUPPORTED("ex:S a sh:NodeShape ; sh:MinCountConstraintComponent 1 .",
                      "sh:MinCountConstraintComponent");
}

RP_TEST(capabilities_run_out_of_memory)
{
    for (int i = 0; i < 3; i++) {
        RpArena arena;
        RpError error;
        RpCapability *capabilities;
        uint32_t count;

        rp_arena_init(&arena, &rp_test_host, 1 << 20);
        rp_test_fail_allocation_after = i;
        if (rp_capabilities_list(&arena, &capabilities, &count, &error) != RP_OK) {
            CHECK_INT(error.status, RP_OUT_OF_MEMORY);
        } else {
            CHECK(i > 0);
        }
        rp_test_fail_allocation_after = -1;
        rp_arena_free(&arena);
    }
}
