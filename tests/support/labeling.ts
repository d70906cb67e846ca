/** A labeling interface that asks for every part of a review, as a team would write it. */
export const wholeLabeling = `<View>
  <!-- What was asked, and what was answered: -->
  <Header value="Prompt &amp; answer"/>
  <Text name="asked" value="$prompt"/>
  <Text name="answer" value="$response"/>
  <Choices name="verdict" toName="answer" choice="single" required="true">
    <Choice value="approve"/><Choice value="correct"/><Choice value="reject"/><Choice value="unsure"/>
  </Choices>
  <Choices name="labels" toName="answer" choice="multiple">
    <View><Choice value="wrong"/><Choice value="Off topic" alias="off-topic"/></View>
  </Choices>
  <Rating name="quality" toName="answer" maxRating="5"/>
  <Labels name="findings" toName="answer"><Label value="wrong"/><Label value="tone"/></Labels>
  <TextArea name="correction" toName="answer"/>
  <TextArea name='comment' toName='answer'/>
  <Text name="a" value="$left"/>
  <Text name="b" value="$right"/>
  <Pairwise name="preference" toName="a,b"/>
</View>`;
