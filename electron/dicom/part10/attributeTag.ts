/** Tag, VR and keyword (PS3.6) of the attributes that this workstation reads out of headers. */
const table = `
00020002 UI MediaStorageSOPClassUID
00020003 UI MediaStorageSOPInstanceUID
00020010 UI TransferSyntaxUID
00020012 UI ImplementationClassUID
00020013 SH ImplementationVersionName
00020016 AE SourceApplicationEntityTitle
00080005 CS SpecificCharacterSet
00080008 CS ImageType
00080012 DA InstanceCreationDate
00080013 TM InstanceCreationTime
00080016 UI SOPClassUID
00080018 UI SOPInstanceUID
00080020 DA StudyDate
00080021 DA SeriesDate
00080022 DA AcquisitionDate
00080023 DA ContentDate
0008002a DT AcquisitionDateTime
00080030 TM StudyTime
00080031 TM SeriesTime
00080032 TM AcquisitionTime
00080033 TM ContentTime
00080050 SH AccessionNumber
00080052 CS QueryRetrieveLevel
00080054 AE RetrieveAETitle
00080056 CS InstanceAvailability
00080060 CS Modality
00080061 CS ModalitiesInStudy
00080064 CS ConversionType
00080068 CS PresentationIntentType
00080070 LO Manufacturer
00080080 LO InstitutionName
00080081 ST InstitutionAddress
00080090 PN ReferringPhysicianName
00080100 SH CodeValue
00080102 SH CodingSchemeDesignator
00080104 LO CodeMeaning
00080201 SH TimezoneOffsetFromUTC
00081010 SH StationName
00081030 LO StudyDescription
0008103e LO SeriesDescription
00081040 LO InstitutionalDepartmentName
00081048 PN PhysiciansOfRecord
00081050 PN PerformingPhysicianName
00081060 PN NameOfPhysiciansReadingStudy
00081070 PN OperatorsName
00081080 LO AdmittingDiagnosesDescription
00081090 LO ManufacturerModelName
00081140 SQ ReferencedImageSequence
00082111 ST DerivationDescription
00082144 IS RecommendedDisplayFrameRate
00082218 SQ AnatomicRegionSequence
00100010 PN PatientName
00100020 LO PatientID
00100021 LO IssuerOfPatientID
00100030 DA PatientBirthDate
00100032 TM PatientBirthTime
00100040 CS PatientSex
00101000 LO OtherPatientIDs
00101001 PN OtherPatientNames
00101010 AS PatientAge
00101020 DS PatientSize
00101030 DS PatientWeight
00102000 LO MedicalAlerts
00102110 LO Allergies
00102160 SH EthnicGroup
00102180 SH Occupation
001021b0 LT AdditionalPatientHistory
001021c0 US PregnancyStatus
00102201 LO PatientSpeciesDescription
00102202 SQ PatientSpeciesCodeSequence
00102203 CS PatientSexNeutered
00102292 LO PatientBreedDescription
00102293 SQ PatientBreedCodeSequence
00102295 LO BreedRegistrationNumber
00102297 PN ResponsiblePerson
00102298 CS ResponsiblePersonRole
00102299 LO ResponsibleOrganization
00104000 LT PatientComments
00120062 CS PatientIdentityRemoved
00180010 LO ContrastBolusAgent
00180015 CS BodyPartExamined
00180020 CS ScanningSequence
00180021 CS SequenceVariant
00180022 CS ScanOptions
00180023 CS MRAcquisitionType
00180024 SH SequenceName
00180040 IS CineRate
00180050 DS SliceThickness
00180060 DS KVP
00180080 DS RepetitionTime
00180081 DS EchoTime
00180082 DS InversionTime
00180083 DS NumberOfAverages
00180084 DS ImagingFrequency
00180085 SH ImagedNucleus
00180086 IS EchoNumbers
00180087 DS MagneticFieldStrength
00180088 DS SpacingBetweenSlices
00180090 DS DataCollectionDiameter
00180091 IS EchoTrainLength
00181000 LO DeviceSerialNumber
00181012 DA DateOfSecondaryCapture
00181016 LO SecondaryCaptureDeviceManufacturer
00181020 LO SoftwareVersions
00181030 LO ProtocolName
00181060 DS TriggerTime
00181063 DS FrameTime
00181065 DS FrameTimeVector
00181066 DS FrameDelay
00181100 DS ReconstructionDiameter
00181110 DS DistanceSourceToDetector
00181111 DS DistanceSourceToPatient
00181114 DS EstimatedRadiographicMagnificationFactor
00181120 DS GantryDetectorTilt
00181130 DS TableHeight
00181150 IS ExposureTime
00181151 IS XRayTubeCurrent
00181152 IS Exposure
00181153 IS ExposureInuAs
00181164 DS ImagerPixelSpacing
00181166 CS Grid
00181190 DS FocalSpots
001811a0 DS BodyPartThickness
001811a2 DS CompressionForce
00181210 SH ConvolutionKernel
00181242 IS ActualFrameDuration
00181244 US PreferredPlaybackSequencing
00181314 DS FlipAngle
00181405 IS RelativeXRayExposure
00181411 DS ExposureIndex
00181412 DS TargetExposureIndex
00181413 DS DeviationIndex
00182010 DS NominalScannedPixelSpacing
00185022 DS MechanicalIndex
00185100 CS PatientPosition
00185101 CS ViewPosition
00186031 CS TransducerType
0020000d UI StudyInstanceUID
0020000e UI SeriesInstanceUID
00200010 SH StudyID
00200011 IS SeriesNumber
00200012 IS AcquisitionNumber
00200013 IS InstanceNumber
00200020 CS PatientOrientation
00200032 DS ImagePositionPatient
00200037 DS ImageOrientationPatient
00200052 UI FrameOfReferenceUID
00200060 CS Laterality
00200062 CS ImageLaterality
00200100 IS TemporalPositionIdentifier
00200105 IS NumberOfTemporalPositions
00201002 IS ImagesInAcquisition
00201040 LO PositionReferenceIndicator
00201041 DS SliceLocation
00204000 LT ImageComments
00209056 SH StackID
00209057 UL InStackPositionNumber
00209158 LT FrameComments
00280002 US SamplesPerPixel
00280004 CS PhotometricInterpretation
00280006 US PlanarConfiguration
00280008 IS NumberOfFrames
00280009 AT FrameIncrementPointer
00280010 US Rows
00280011 US Columns
00280030 DS PixelSpacing
00280034 IS PixelAspectRatio
00280100 US BitsAllocated
00280101 US BitsStored
00280102 US HighBit
00280103 US PixelRepresentation
00280106 xs SmallestImagePixelValue
00280107 xs LargestImagePixelValue
00280120 xs PixelPaddingValue
00280121 xs PixelPaddingRangeLimit
00280300 CS QualityControlImage
00280301 CS BurnedInAnnotation
00280a02 CS PixelSpacingCalibrationType
00280a04 LO PixelSpacingCalibrationDescription
00281040 CS PixelIntensityRelationship
00281041 SS PixelIntensityRelationshipSign
00281050 DS WindowCenter
00281051 DS WindowWidth
00281052 DS RescaleIntercept
00281053 DS RescaleSlope
00281054 LO RescaleType
00281055 LO WindowCenterWidthExplanation
00281056 CS VOILUTFunction
00281101 xs RedPaletteColorLookupTableDescriptor
00282110 CS LossyImageCompression
00282112 DS LossyImageCompressionRatio
00282114 CS LossyImageCompressionMethod
00321032 PN RequestingPhysician
00321033 LO RequestingService
00321060 LO RequestedProcedureDescription
00380010 LO AdmissionID
00380300 LO CurrentPatientLocation
00400007 LO ScheduledProcedureStepDescription
00400009 SH ScheduledProcedureStepID
00400244 DA PerformedProcedureStepStartDate
00400245 TM PerformedProcedureStepStartTime
00400253 SH PerformedProcedureStepID
00400254 LO PerformedProcedureStepDescription
00400275 SQ RequestAttributesSequence
00401001 SH RequestedProcedureID
00401002 LO ReasonForTheRequestedProcedure
00401003 SH RequestedProcedurePriority
0040a043 SQ ConceptNameCodeSequence
0040a491 CS CompletionFlag
0040a493 CS VerificationFlag
00420010 ST DocumentTitle
00420012 LO MIMETypeOfEncapsulatedDocument
00540016 SQ RadiopharmaceuticalInformationSequence
00540081 US NumberOfSlices
00541000 CS SeriesType
00541001 CS Units
00541102 CS DecayCorrection
00700080 CS ContentLabel
00700081 LO ContentDescription
20500010 SQ PresentationLUTSequence
20500020 CS PresentationLUTShape
30020011 DS ImagePlanePixelSpacing
30020026 DS RTImageSID
30040002 CS DoseUnits
30040004 CS DoseType
3004000e DS DoseGridScaling
30060002 SH StructureSetLabel
30060004 LO StructureSetName
300a0002 SH RTPlanLabel
300a0003 LO RTPlanName
`

export interface AttributeTag {
  /** As dicom-parser writes it: xggggeeee. */
  tag: string
  vr: string
}

const byKeyword = new Map<string, AttributeTag>()
const vrByTag = new Map<string, string>()
for (const line of table.trim().split('\n')) {
  const [tag = '', vr = '', keyword = ''] = line.split(' ')
  byKeyword.set(keyword, { tag: `x${tag}`, vr })
  vrByTag.set(`x${tag}`, vr)
}

/** Of a keyword, or of a tag in any of the forms xggggeeee, ggggeeee, (gggg,eeee). */
export function attributeTag(keywordOrTag: string): AttributeTag {
  const known = byKeyword.get(keywordOrTag)
  if (known !== undefined) return known
  const digits = keywordOrTag.toLowerCase().replace(/[x(),]/g, '')
  if (!/^[0-9a-f]{8}$/.test(digits)) throw new Error(`${keywordOrTag} is not an attribute that headers are read for`)
  return { tag: `x${digits}`, vr: vrByTag.get(`x${digits}`) ?? 'UN' }
}
