"""The words of the Data Privacy Vocabulary that an export may use, and none besides.

Each was looked up in DPV 2.3 (w3c/dpv, f01a55c, 2026-02-28) and DPCat 0.2; a word that is not here
is one of our own, typed with the nearest of these. A test holds every export to the list.
"""

VERSION = "https://w3id.org/dpv/2.3"
"""What an export says it conforms to."""

NAMESPACES = {
    "dpcat": "https://w3id.org/dpcat#",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-es": "https://w3id.org/dpv/legal/es#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "legal-gb": "https://w3id.org/dpv/legal/gb#",
    "legal-us": "https://w3id.org/dpv/legal/us#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "risk": "https://w3id.org/dpv/risk#",
    "tech": "https://w3id.org/dpv/tech#",
}
"""The vocabularies, by the prefix that stands for them."""

_NAMES = {
    "dpcat": """
        DataBreachRecord ROPA ROPARecord associatedWithDataBreach hasStatus
    """,
    "dpv": """
        AccessControlMethod AccountManagement Acquire ActivityCompleted ActivityHalted
        ActivityMonitoring ActivityNotCompleted ActivityOngoing ActivityPlanned
        ActivityProposed Adult Advertising Analyse Anonymise AnonymisedData Applicant
        AuthenticationProtocols Authority AutomatedDecisionMaking Certification Child Client
        CloudLocation Collect CollectedPersonalData Combine CommunicationForCustomerCare
        CommunicationManagement ComplianceUnknown ConfidentialityAgreement Consent
        ConsentNotice ConsentRecord ConsultationWithAuthority ConsultationWithDPO Consumer
        Contract ContractActive ContractDrafted ContractExpired ContractTerminated
        ContractUnderReview ControllerProcessorAgreement Copy Country CrossBorderTransfer
        Customer CustomerCare CustomerManagement CustomerRelationshipManagement
        CybersecurityTraining DPIA DataBackupProtocols DataBreachRecord DataController
        DataControllerDataSource DataDeletionPolicy DataErasurePolicy DataExporter
        DataImporter DataProcessingAgreement DataProcessor DataProcessorContract
        DataProtectionAuthority DataProtectionOfficer DataProtectionTraining
        DataStoragePolicy DataSubProcessor DataSubject DataSubjectDataSource
        DataSubjectRightsManagement DataTransferImpactAssessment DataTransferLegalBasis
        DataTransferNotice DataTransferRecord DecisionMaking Delete DerivedPersonalData
        DirectMarketing DisasterRecoveryProcedures Disclose DisputeManagement
        EducationalTraining Employee Encryption EncryptionAtRest EncryptionInTransfer
        EndToEndEncryption EndlessDuration EnforceSecurity Erase FixedOccurrencesDuration
        ForProfitOrganisation FraudPreventionAndDetection FulfilmentOfContractualObligation
        GlobalScale GovernmentalOrganisation HumanResourceManagement IdentityAuthentication
        IdentityVerification ImpactAssessment ImproveExistingProductsAndServices
        ImproveInternalCRMProcesses IncidentManagementProcedures IndeterminateDuration
        InferredPersonalData InformationSecurityPolicy InternationalOrganisation
        IntrusionDetectionSystem JobApplicant JointDataControllers
        JointDataControllersAgreement LargeScaleOfDataSubjects LargeScaleProcessing
        LawEnforcementOrganisation LegalBasis LegalCompliance LegalEntity LegalObligation
        LegitimateInterest LegitimateInterestAssessment LegitimateInterestOfController
        LegitimateInterestOfThirdParty LoggingPolicy MakeAvailable Marketing
        MediumScaleOfDataSubjects Member MemberPartnerManagement
        MisusePreventionAndDetection Monitor MonitoringPolicy Move MultiFactorAuthentication
        MultiNationalScale NDA NetworkSecurityProtocols NonPublicDataSource
        ObservedPersonalData Obtain Organisation OrganisationComplianceManagement
        OrganisationalUnit ParentLegalEntity Participant PaymentManagement
        PenetrationTestingMethods PersonalData PersonalDataAudit PersonalDataProcess
        Personalisation PersonalisedAdvertising PersonnelManagement PersonnelPayment
        PrimaryImportance PrivacyByDefault PrivacyByDesign PrivacyNotice Process
        ProcessingLocation ProfessionalTraining Profiling ProvidedPersonalData Pseudonymise
        PseudonymisedData PublicDataSource PublicInterest PublicRegisterOfEntities
        PublicRelations Purpose ROPA Recipient RecordManagement RecruitmentManagement
        Representative RequestedServiceProvision ResearchAndDevelopment Risk
        RiskMitigationMeasure SMEOrganisation SafeguardForDataTransfer SecondaryImportance
        SecurityAudit SensitivePersonalData ServiceMonitoring ServiceOptimisation
        ServiceProvision ServiceRegistration ServiceUsageAnalytics Share
        SmallScaleOfDataSubjects SocialMediaMarketing SpecialCategoryPersonalData
        StaffTraining StorageCondition StorageDeletion StorageDuration StorageLocation
        StorageRestoration Store Student SubProcessorAgreement Subscriber
        SubsidiaryLegalEntity TargetedAdvertising TechnicalServiceProvision TemporalDuration
        ThirdCountry ThirdParty ThirdPartyAgreement ThirdPartyDataSource
        ThirdPartySecurityProcedures Transfer Transmit UntilEventDuration UntilTimeDuration
        Use User UserInterfacePersonalisation VendorManagement VendorPayment
        VendorSelectionAssessment Visitor VitalInterest VulnerabilityTestingMethods
        VulnerableDataSubject WebSecurityProtocols hasActivityStatus hasAddress
        hasApplicableLaw hasAssessment hasAuthority hasAutomationLevel hasComplianceStatus
        hasContact hasContractStatus hasCountry hasDataController hasDataExporter
        hasDataImporter hasDataProcessor hasDataProtectionOfficer hasDataSource
        hasDataSubject hasDataSubjectScale hasDataVolume hasDuration hasFrequency
        hasGeographicCoverage hasHumanInvolvement hasIdentifier hasImpactAssessment
        hasImportance hasJointDataControllers hasJurisdiction hasLegalBasis hasLegalMeasure
        hasLocation hasName hasNotice hasOrganisationalMeasure hasOrganisationalUnit
        hasParty hasPersonalData hasPersonalDataProcess hasPhysicalMeasure hasProcess
        hasProcessing hasProcessingScale hasPurpose hasRecipient hasRecipientDataController
        hasRecipientThirdParty hasRecordOfActivity hasRepresentative hasResidualRisk
        hasResponsibleEntity hasRight hasRisk hasRiskLevel hasSector hasService
        hasServiceConsumer hasServiceProvider hasStorageCondition hasSubsidiary
        hasTechnicalMeasure hasTechnicalOrganisationalMeasure hasThirdCountry hasThirdParty
        isAfter isBefore isDuring isExercisedAt isImplementedUsingTechnology
        isMitigatedByMeasure isSubsidiaryOf
    """,
    "eu-gdpr": """
        A13 A14 A15 A16 A17 A18 A19 A20 A21 A22 A45-3 A46-2-a A46-2-b A46-2-c A46-2-d
        A46-2-e A46-2-f A46-3-a A46-3-b A49-1-a A49-1-b A49-1-c A49-1-d A49-1-e A49-1-f
        A49-1-g A49-2 A6-1-a A6-1-a-explicit-consent A6-1-a-non-explicit-consent A6-1-b
        A6-1-b-contract-performance A6-1-b-enter-into-contract A6-1-c A6-1-d
        A6-1-d-data-subject A6-1-d-natural-person A6-1-e A6-1-e-official-authority
        A6-1-e-public-interest A6-1-f A6-1-f-controller A6-1-f-third-party A7-3 A77 A78 A79
        A9-2-a A9-2-b A9-2-c A9-2-d A9-2-e A9-2-f A9-2-g A9-2-h A9-2-i A9-2-j
        AccountabilityPrinciple AdHocContractualClauses AdequacyDecision BalancingTest
        BindingCorporateRules CertificationMechanismsForDataTransfers
        CodesOfConductForDataTransfers Controller DPIANecessityAssessment DPIANotRequired
        DPIAOutcomeDPAConsultation DPIAOutcomeHighResidualRisk DPIAOutcomeRisksAcceptable
        DPIAOutcomeRisksMitigated DPIARequired DataBreach DataBreachRegister
        DataMinimisationPrinciple DataTransferTool DirectDataCollectionNotice
        GDPRComplianceUnknown GDPRCompliant GDPRNonCompliant IndirectDataCollectionNotice
        InternationalOrganisation Processor Profiling Recipient Representative
        SCCByCommission SCCBySupervisoryAuthority StandardContractualClauses
        StorageLimitationPrinciple SupplementaryMeasure ThirdParty hasConcernedSA hasLeadSA
        hasLocalSA hasMainEstablishment isMainEstablishmentFor
    """,
    "legal-es": """
        DPA-ES DPA-ES-AN DPA-ES-CT DPA-ES-PV
    """,
    "legal-eu": """
        Adequacy-EU-AD Adequacy-EU-AR Adequacy-EU-CA Adequacy-EU-CH Adequacy-EU-FO
        Adequacy-EU-GB Adequacy-EU-GG Adequacy-EU-IL Adequacy-EU-IM Adequacy-EU-JE
        Adequacy-EU-JP Adequacy-EU-NZ Adequacy-EU-UY DPA-EDPB law-GDPR
    """,
    "legal-gb": """
        DPA-GB law-DPA law-GDPR
    """,
    "legal-us": """
        DPA-US-CA law-CA-CCPA law-CA-CPRA
    """,
    "loc": """
        AR BR CH EEA EEA30 ES EU EU27 GB US US-CA
    """,
    "pd": """
        Authenticating AuthenticationHistory BankAccount Biometric BrowserFingerprint
        BrowserHistory BrowsingBehaviour BrowsingReferral Communication Country Criminal
        CriminalConviction CriminalOffence CurrentEmployment CurrentLocation Demographic
        DeviceBased DeviceOperatingSystem DeviceSoftware EducationTraining EmailAddress
        EmailAddressWork EmailContent EthnicOrigin Financial FinancialAccount GPSCoordinate
        Genetic Health IPAddress IndividualProfile Interest Job Language LinkClicked
        Location MedicalHealth Name OfficialID Opinion Password PaymentCard
        PerformanceAtWork PhilosophicalBelief Picture PoliticalOpinion Preference
        Professional Profile PubliclyAvailableSocialMedia Race Religion
        ServiceConsumptionBehaviour Sexual SexualPreference SocialMedia
        SocialMediaCommunication TechnicalKnowledge TelephoneNumber Tracking
        TradeUnionMembership Transaction UID UserAgent Username VoiceCommunicationRecording
    """,
    "risk": """
        HighRisk LowRisk ModerateRisk
    """,
    "tech": """
        Application CloudService CloudStorage Cookie Database ProvidedAsIaaS ProvidedAsPaaS
        ProvidedAsSaaS Software
    """,
}

TERMS = frozenset(f"{prefix}:{name}" for prefix, some in _NAMES.items() for name in some.split())
"""Every word that may be used, as prefix and name."""


def term_of(iri: str) -> str:
    """Return the word that an IRI, or a prefix and name, stands for; nothing for any other."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            iri = f"{prefix}:{iri.removeprefix(namespace)}"
            break
    return iri if iri in TERMS else ""
