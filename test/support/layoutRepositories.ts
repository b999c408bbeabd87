import { coverageJson, source } from "../../examples/story/artifacts.ts";
import type { FixtureCommit } from "./gitFixture.ts";

/** Two small repositories in other layouts than GSD's, as teams that use spec-kit and BMAD keep them. */

const SPEC = `# Feature Specification: Parcel tracking

**Feature Branch**: \`001-parcel-tracking\`
**Created**: 2026-03-02
**Status**: Draft
**Input**: User description: "let customers see where a parcel is"

## User Scenarios & Testing *(mandatory)*

### User Story 1 - See the last stop (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a parcel with three scans, **When** its page is opened, **Then** the newest one is on top

## Requirements *(mandatory)*

- **FR-001**: The page MUST show every scan of the last 30 days

## Success Criteria *(mandatory)*

### Measurable Outcomes

- **SC-001**: Overall line coverage is at least 80%
- **SC-002**: 95% of customers find their parcel in under 10 seconds
- **SC-003**: Coverage of shop/checkout.py is at least 60%
`;

const tasks = (box: string) => `# Tasks: Parcel tracking

**Input**: Design documents from \`/specs/001-parcel-tracking/\`

## Format: \`[ID] [P?] [Story] Description\`

- **[P]**: Can run in parallel

## Phase 1: Setup (Shared Infrastructure)

- [x] T001 Create the package in shop/
- [X] T002 [P] Configure the linter

## Phase 2: User Story 1 - See the last stop (Priority: P1)

### Tests for User Story 1

- [x] T003 [P] [US1] Contract test in tests/test_track.py

### Implementation for User Story 1

- [${box}] T004 [US1] Sort the scans in shop/checkout.py

## Review checklist

- [ ] Every user story has a test
`;

/** 110 of 220 and 130 of 160 statements. */
const COVERAGE = coverageJson(
  { "shop/checkout.py": 110, "shop/pricing.py": 130 },
  "2026-03-02T08:00:00",
);
const SOURCES = {
  "shop/checkout.py": source("shop/checkout.py"),
  "shop/pricing.py": source("shop/pricing.py"),
};

export const SPEC_KIT_HISTORY: readonly FixtureCommit[] = [
  {
    subject: "docs: specify parcel tracking",
    at: "2026-03-02T09:00:00Z",
    files: {
      ...SOURCES,
      "specs/001-parcel-tracking/spec.md": SPEC,
      "specs/001-parcel-tracking/plan.md": "# Implementation Plan\n",
      "specs/001-parcel-tracking/tasks.md": tasks(" "),
      "specs/002-returns/spec.md": SPEC.replace(
        "Parcel tracking",
        "Returns",
      ).replace(/## Success Criteria[^]*/, ""),
    },
  },
  {
    subject: "feat: parcel tracking",
    at: "2026-03-05T09:00:00Z",
    files: { "coverage.json": COVERAGE },
  },
  {
    subject: "feat: sort the scans",
    at: "2026-03-06T09:00:00Z",
    files: { "specs/001-parcel-tracking/tasks.md": tasks("x") },
  },
];

const BMAD = "_bmad-output/implementation-artifacts";

const story = (number: string, title: string, status: string, criteria = "") =>
  `# Story ${number}: ${title}

Status: ${status}

## Story

As a clerk,
I want to weigh parcels,
so that the price is right.

## Acceptance Criteria

1. **Given** a parcel on the scale **When** it is weighed **Then** its price is shown
${criteria}
## Tasks / Subtasks

- [x] Task 1: Read the scale (AC: 1)
  - [x] 1.1 Tests reach at least 99% coverage of everything
`;

export const BMAD_HISTORY: readonly FixtureCommit[] = [
  {
    subject: "chore: plan the sprint",
    at: "2026-03-02T09:00:00Z",
    files: {
      ...SOURCES,
      [`${BMAD}/sprint-status.yaml`]: `# generated: 2026-03-02
generated: 2026-03-02
story_location: ${BMAD}

development_status:
  # Epic 1: Weighing parcels
  epic-1: done
  1-1-read-the-scale: done
  1-2-show-the-price: review
  1-3-print-a-label: done
  epic-1-retrospective: optional

  # Epic 2: Stamps
  epic-2: backlog
  2-1-choose-a-stamp: backlog
  epic-2-retrospective: optional

  epic-3: in-progress
  3-1-scan-the-address: parked
`,
      [`${BMAD}/1-1-read-the-scale.md`]: story(
        "1.1",
        "Read the scale",
        "done",
        "2. Line coverage of shop/pricing.py is at least 70%\n",
      ),
      [`${BMAD}/1-2-show-the-price.md`]: story(
        "1.2",
        "Show the price",
        "review",
      ),
      [`${BMAD}/1-2-show-the-price.validation-report.md`]:
        "# Validation Report\n\n## Acceptance Criteria\n\n- Overall coverage is at least 100%\n",
      [`${BMAD}/1-3-print-a-label.md`]: story(
        "1.3",
        "Print a label",
        "in-progress",
      ),
      "coverage.json": COVERAGE,
    },
  },
];
